#include "market/simulation/volatility_clustering.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

namespace regimetry::market {

void VolatilityClustering::advance(std::span<const double> noise, std::span<double> sd_multipliers) {
  const double base = 1 - alpha_ - beta_;
  double variance = variance_;
  for (std::size_t t = 0; t < noise.size(); ++t) {
    sd_multipliers[t] = variance;
    variance = base + (alpha_ * (noise[t] * noise[t]) + beta_) * variance;
  }
  variance_ = variance;
  for (double& multiplier : sd_multipliers) multiplier = std::sqrt(multiplier);
}

double VolatilityClustering::next_sd_multiplier() const {
  return std::sqrt(variance_);
}

std::vector<std::string> VolatilityClustering::problems(double alpha, double beta) {
  std::vector<std::string> problems;
  if (!(alpha >= 0)) problems.push_back(fmt::format("garch_alpha: {} is negative", alpha));
  if (!(beta >= 0)) problems.push_back(fmt::format("garch_beta: {} is negative", beta));
  if (alpha >= 0 && beta >= 0 && !(alpha + beta < 1)) {
    problems.push_back(fmt::format(
        "garch_alpha + garch_beta is {:.6g}; it must be below 1, or the variance has no mean", alpha + beta));
  }
  return problems;
}

}  // namespace regimetry::market
