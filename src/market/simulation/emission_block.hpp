// Log densities of a block of returns in every regime: what all three answers of the oracle start from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "market/simulation/oracle.hpp"
#include "market/simulation/unit_distribution.hpp"

namespace regimetry::market {

class EmissionBlock {
 public:
  static constexpr std::size_t kBars =
      512;  // bars per block: with 4 regimes the tables fill a third of the first cache

  EmissionBlock(const RegimeParameters& parameters, const OracleInput& input);

  // Computes bars first_bar .. first_bar + bar_count - 1, bar_count <= kBars.
  void compute(std::int64_t first_bar, std::size_t bar_count);

  // Both [bar_count, K], bar by bar. Log densities leave out what all regimes share; likelihoods are their
  // exponentials, each bar scaled so that its largest is 1.
  [[nodiscard]] const double* log_density(std::size_t bar) const noexcept {
    return log_density_.data() + bar * regime_count_;
  }
  [[nodiscard]] const double* likelihood(std::size_t bar) const noexcept {
    return likelihood_.data() + bar * regime_count_;
  }

 private:
  void standardise(std::size_t regime, std::int64_t first_bar, std::size_t bar_count);

  OracleInput input_;
  UnitDistribution noise_;
  std::size_t regime_count_;
  std::vector<double> means_, inverse_sds_, log_inverse_sds_;         // [K]
  std::vector<double> inverse_multipliers_, standardised_, density_;  // [kBars]
  std::vector<double> log_density_, likelihood_;                      // [kBars, K]
};

}  // namespace regimetry::market
