// Averages and totals of a series, for every indicator that is made from them. Missing inside their warm-up.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// Sum of the last `bars` values.
[[nodiscard]] Series total_of_last(SeriesGraph& graph, Series series, int bars);
// That sum / bars: for returns, volumes and scores, whose mean is exactly 0 over zeros and never beyond the
// largest of them.
[[nodiscard]] Series mean_of_last(SeriesGraph& graph, Series series, int bars);
// The mean of values that are large beside their moves: keeps the cents of a price of a million.
[[nodiscard]] Series mean_of_prices(SeriesGraph& graph, Series series, int bars);
// before + 2 / (bars + 1) * (now - before), from the mean of the first `bars` values on.
[[nodiscard]] Series exponential_average(SeriesGraph& graph, Series series, int bars);
// (before * (bars - 1) + now) / bars, from the mean of the first `bars` values on.
[[nodiscard]] Series wilder_average(SeriesGraph& graph, Series series, int bars);
// Weights 1, 2, ..., `bars`, the latest value with the largest.
[[nodiscard]] Series weighted_average(SeriesGraph& graph, Series series, int bars);
// 2 e1 - e2 and 3 e1 - 3 e2 + e3, where e1 is the exponential average and each further one that of the one
// before.
[[nodiscard]] Series double_exponential_average(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series triple_exponential_average(SeriesGraph& graph, Series series, int bars);
// e3 of the above: the exponential average of the exponential average of the exponential average.
[[nodiscard]] Series thrice_smoothed(SeriesGraph& graph, Series series, int bars);
// Hull's: the weighted average over sqrt(bars) bars of 2 * (that over bars / 2) - (that over bars), both
// counts rounded down; bars >= 2.
[[nodiscard]] Series hull_average(SeriesGraph& graph, Series series, int bars);

// Kaufman's efficiency ratio: the change over `bars` bars as a share of all movement on the way, 0 to 1; 0
// when nothing moved.
[[nodiscard]] Series efficiency_ratio(SeriesGraph& graph, Series series, int bars);
// Kaufman's adaptive average, which the efficiency ratio speeds up and slows down.
[[nodiscard]] Series adaptive_average(SeriesGraph& graph, Series series, int bars, int fast_bars,
                                      int slow_bars);

}  // namespace regimetry::features
