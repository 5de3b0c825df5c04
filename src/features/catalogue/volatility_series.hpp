// Variances and volatilities that several indicators share.
//
// Units: per bar, of log returns, never annualised: how many bars a year has is not known to the past.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// The smallest volatility that a logarithm or a denominator sees: a hundredth of a basis point per bar, below
// what any traded price does.
inline constexpr double kVolatilityFloor = 1e-6;

// x * x
[[nodiscard]] Series square_of(SeriesGraph& graph, Series series);
// The plain mean of the last n values; exactly 0 over zeros.
[[nodiscard]] Series mean_of_last(SeriesGraph& graph, Series series, int bars);
// sqrt(x), 0 for a negative x.
[[nodiscard]] Series root_of(SeriesGraph& graph, Series series);
// log(max(x, kVolatilityFloor))
[[nodiscard]] Series log_of_volatility(SeriesGraph& graph, Series volatility);

// Root mean square of the last n one-bar log returns of `series`.
[[nodiscard]] Series realised_volatility(SeriesGraph& graph, Series series, int bars);
// Variance of one bar by Rogers and Satchell: log(H/C) log(H/O) + log(L/C) log(L/O), not below 0.
[[nodiscard]] Series rogers_satchell_variance(SeriesGraph& graph);

}  // namespace regimetry::features
