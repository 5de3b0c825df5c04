// Variances, volatilities and what is measured in units of them.
//
// Units: volatilities are per bar, of log returns, never annualised: how many bars a year has is not known to
// the past.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// The smallest volatility that a logarithm or a denominator sees: a hundredth of a basis point per bar, below
// what any traded price does.
inline constexpr double kVolatilityFloor = 1e-6;

// Population variance (divided by n) of the last n values.
[[nodiscard]] Series variance_of_last(SeriesGraph& graph, Series series, int bars);
// Its root, and that of the sample variance (divided by n - 1); n >= 2.
[[nodiscard]] Series population_deviation(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series sample_deviation(SeriesGraph& graph, Series series, int bars);
// How many population deviations the series stands above the mean of its last n values; 0 when they are all
// equal.
[[nodiscard]] Series standard_score_of(SeriesGraph& graph, Series series, int bars);
// Pearson's of the last n pairs; 0 where either side does not vary.
[[nodiscard]] Series correlation(SeriesGraph& graph, Series a, Series b, int bars);
// Covariance of the last n pairs / variance of b; 0 where b does not vary.
[[nodiscard]] Series regression_beta(SeriesGraph& graph, Series a, Series b, int bars);

// sqrt(mean of the last n squares)
[[nodiscard]] Series root_mean_square(SeriesGraph& graph, Series series, int bars);
// That of the one-bar log returns of `series`.
[[nodiscard]] Series realised_volatility(SeriesGraph& graph, Series series, int bars);
// Variance of one bar by Rogers and Satchell: log(H/C) log(H/O) + log(L/C) log(L/O), not below 0.
[[nodiscard]] Series rogers_satchell_variance(SeriesGraph& graph);
// log(max(x, kVolatilityFloor))
[[nodiscard]] Series log_of_volatility(SeriesGraph& graph, Series volatility);

}  // namespace regimetry::features
