// One start of a Gaussian mixture: expectation maximisation from a given mixture.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/mixture/gaussian_mixture_regimes.hpp"
#include "regimes/mixture/row_columns.hpp"
#include "regimes/mixture/spread_prior.hpp"

namespace regimetry::regimes {

struct MixtureLimits {
  std::int64_t max_iterations = 500;
  double tolerance = 1e-6;  // ends when the log posterior grew less than this per row
};

struct MixtureResult {
  GaussianMixtureLaw law;
  double log_likelihood = 0, log_posterior = 0;  // of `law`; the second lacks the prior's constant
  std::vector<double> owned;                     // [K] rows, sums of responsibilities
  bool has_converged = false;
  std::int64_t iterations = 0;
};

[[nodiscard]] MixtureResult run_mixture_iterations(const RowColumns& rows, const SpreadPrior& prior,
                                                   const MixtureLimits& limits, GaussianMixtureLaw law);

// The mixture that suits given labels [N].
[[nodiscard]] GaussianMixtureLaw mixture_of_labels(const RowColumns& rows, const SpreadPrior& prior,
                                                   CovarianceShape shape, int component_count,
                                                   std::span<const std::int32_t> labels);

struct Responsibilities {
  std::vector<double> values;  // [N, K], rows sum to 1
  double log_likelihood = 0;
};

[[nodiscard]] Responsibilities responsibilities_of(const RowColumns& rows, const GaussianMixtureLaw& law);

}  // namespace regimetry::regimes
