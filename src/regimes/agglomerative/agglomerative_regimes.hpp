// Regimes cut from Ward's hierarchy: a new row belongs to the nearest mean.
#pragma once

#include "regimes/fitted_regimes.hpp"
#include "regimes/kmeans/kmeans_regimes.hpp"

namespace regimetry::regimes {

class AgglomerativeRegimes final : public FittedRegimes {
 public:
  // `nearest`: the clusters' means and their rows' mean squared distance from them per column.
  explicit AgglomerativeRegimes(KMeansRegimes nearest) : nearest_(std::move(nearest)) {}

  // What names the regime of a row, with probabilities as kmeans_regimes.hpp explains them.
  [[nodiscard]] const KMeansRegimes& nearest() const noexcept { return nearest_; }

  [[nodiscard]] std::string_view method() const noexcept override { return "agglomerative"; }
  [[nodiscard]] int regime_count() const noexcept override { return nearest_.regime_count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return nearest_.width(); }
  [[nodiscard]] bool depends_on_earlier_rows() const noexcept override { return false; }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override { return nearest_.start(); }
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong.
  [[nodiscard]] static AgglomerativeRegimes from_tensors(const TensorFile& file);

 private:
  KMeansRegimes nearest_;
};

}  // namespace regimetry::regimes
