#include "market/simulation/emission_block.hpp"

#include <algorithm>

#include "core/portable_math.hpp"

namespace regimetry::market {

EmissionBlock::EmissionBlock(const RegimeParameters& parameters, const OracleInput& input)
    : input_(input),
      noise_(parameters.student_t_dof),
      regime_count_(parameters.means.size()),
      means_(parameters.means),
      inverse_multipliers_(kBars, 1.0),
      standardised_(kBars),
      density_(kBars),
      log_density_(kBars * regime_count_),
      likelihood_(kBars * regime_count_) {
  for (const double sd : parameters.sds) {
    inverse_sds_.push_back(1 / sd);
    log_inverse_sds_.push_back(-portable_log(sd));
  }
}

void EmissionBlock::standardise(std::size_t regime, std::int64_t first_bar, std::size_t bar_count) {
  const double mean = means_[regime], inverse_sd = inverse_sds_[regime];
  const double* returns = input_.returns.data() + first_bar;
  if (input_.sd_multipliers.empty()) {
    for (std::size_t i = 0; i < bar_count; ++i) standardised_[i] = (returns[i] - mean) * inverse_sd;
  } else {
    for (std::size_t i = 0; i < bar_count; ++i) {
      standardised_[i] = (returns[i] - mean) * inverse_sd * inverse_multipliers_[i];
    }
  }
  if (input_.shifts.empty()) return;
  const double* shifts = input_.shifts.data() + first_bar;
  for (std::size_t i = 0; i < bar_count; ++i) standardised_[i] -= shifts[i];
}

void EmissionBlock::compute(std::int64_t first_bar, std::size_t bar_count) {
  if (!input_.sd_multipliers.empty()) {
    const double* multipliers = input_.sd_multipliers.data() + first_bar;
    for (std::size_t i = 0; i < bar_count; ++i) inverse_multipliers_[i] = 1 / multipliers[i];
  }
  for (std::size_t regime = 0; regime < regime_count_; ++regime) {
    standardise(regime, first_bar, bar_count);
    noise_.log_density(std::span(standardised_).first(bar_count), std::span(density_).first(bar_count));
    const double log_inverse_sd = log_inverse_sds_[regime];
    for (std::size_t i = 0; i < bar_count; ++i)
      log_density_[i * regime_count_ + regime] = density_[i] + log_inverse_sd;
  }
  for (std::size_t i = 0; i < bar_count; ++i) {
    const double* row = log_density_.data() + i * regime_count_;
    const double largest = *std::max_element(row, row + regime_count_);
    for (std::size_t k = 0; k < regime_count_; ++k) likelihood_[i * regime_count_ + k] = row[k] - largest;
  }
  const auto used = std::span(likelihood_).first(bar_count * regime_count_);
  portable_exp(used, used);
}

}  // namespace regimetry::market
