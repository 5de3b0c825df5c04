// The same regimes on shorter or longer bars: a day is a twentieth of a month.
//
// Means and variances grow in proportion to the length of a bar. The transition matrix becomes the power
// P^ratio = expm(logm(P) * ratio): whole powers always exist, a root need not be a matrix of probabilities
// (the chain may not be one that can be watched more often), and then there is an error instead of a silently
// repaired matrix.
#pragma once

#include <vector>

#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

// `transition` [K, K] row by row, rows summing to 1; `exponent` > 0. Throws Error (kUsage) when the power is
// not a stochastic matrix.
[[nodiscard]] std::vector<double> transition_power(const std::vector<double>& transition, int regime_count,
                                                   double exponent);

// `parameters` for bars `length_ratio` times as long (0.05: a twentieth), called `timeframe`. Degrees of
// freedom and dwell shape stay as they are.
[[nodiscard]] RegimeParameters rescale(const RegimeParameters& parameters, double length_ratio,
                                       Timeframe timeframe);

}  // namespace regimetry::market
