// A fitted Gaussian mixture: the regime of a row by the row alone.
#pragma once

#include <span>

#include "regimes/fitted_regimes.hpp"
#include "regimes/mixture/gaussian_density.hpp"

namespace regimetry::regimes {

struct GaussianMixtureLaw {
  Eigen::VectorXd weights;        // [K], sum 1, each at least kLeastMixtureWeight
  GaussianComponents components;  // K
};
inline constexpr double kLeastMixtureWeight = 1e-12;

class GaussianMixtureRegimes final : public FittedRegimes {
 public:
  explicit GaussianMixtureRegimes(GaussianMixtureLaw law);

  [[nodiscard]] const GaussianMixtureLaw& law() const noexcept { return law_; }
  // Most probable component of one row [D], the lower of equals; fills `probabilities` [K].
  std::int32_t assign(std::span<const float> row, std::span<double> probabilities) const noexcept;

  [[nodiscard]] std::string_view method() const noexcept override { return "gmm"; }
  [[nodiscard]] int regime_count() const noexcept override { return law_.components.count(); }
  [[nodiscard]] std::int64_t width() const noexcept override { return law_.components.width(); }
  [[nodiscard]] bool depends_on_earlier_rows() const noexcept override { return false; }
  [[nodiscard]] std::unique_ptr<OnlineRegimes> start() const override;
  [[nodiscard]] TensorFile to_tensors() const override;
  // Throws Error (kData) naming the tensor that is missing or wrong.
  [[nodiscard]] static GaussianMixtureRegimes from_tensors(const TensorFile& file);

 private:
  GaussianMixtureLaw law_;
  GaussianDensity density_;
  std::vector<double> scales_;  // [K], log of weight and of the density's factor
};

}  // namespace regimetry::regimes
