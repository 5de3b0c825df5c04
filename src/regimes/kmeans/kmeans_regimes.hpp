// Fitted centres: a new row belongs to the nearest.
//
// Probabilities: of a mixture of K equal round Gaussians about the centres, exp(-d^2 / (2 s^2)) over their
// sum, where s^2 is the mean squared distance of a training row to its centre per column. With s = 0 the
// nearest centre has probability 1. The label is always the nearest centre, the first of equals.
#pragma once

#include <span>
#include <vector>

#include "regimes/fitted_regimes.hpp"

namespace regimetry::regimes {

class KMeansRegimes final : public FittedRegimes {
 public:
  // centers [K, D]; variance: s^2 above, at least 0.
  KMeansRegimes(MatrixD centers, double variance);

  [[nodiscard]] const MatrixD& centers() const noexcept { return centers_; }
  [[nodiscard]] double variance() const noexcept { return variance_; }
  // Label of one row [D]; fills `probabilities` [K].
  std::int32_t assign(std::span<const float> row, std::span<double> probabilities) const noexcept;

  [[nodiscard]] std::string_view method() const noexcept override { return "kmeans"; }
  [[nodiscard]] int regime_count() const noexcept override { return static_cast<int>(centers_.rows()); }
  [[nodiscard]] std::int64_t width() const noexcept override { return centers_.cols(); }
  [[nodiscard]] bool depends_on_earlier_rows() const noexcept override { return false; }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong.
  [[nodiscard]] static KMeansRegimes from_tensors(const TensorFile& file);

 private:
  MatrixD centers_;
  double variance_;
};

// The probabilities above, from squared distances to the centres; may be done in place.
void probabilities_of_distances(std::span<const double> squared_distances, double variance,
                                std::span<double> probabilities) noexcept;

}  // namespace regimetry::regimes
