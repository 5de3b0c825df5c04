// Series that many indicators are made from, always by the same recipe, so that the graph computes each once.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// The value before this one, missing bars passed over; missing on the first bar.
[[nodiscard]] Series previous_value(SeriesGraph& graph, Series series);
// series - the value before it.
[[nodiscard]] Series change_of(SeriesGraph& graph, Series series);
// max(series, 0), max(-series, 0) and |series|.
[[nodiscard]] Series gains_of(SeriesGraph& graph, Series series);
[[nodiscard]] Series losses_of(SeriesGraph& graph, Series series);
[[nodiscard]] Series size_of(SeriesGraph& graph, Series series);
// log(a / b), missing unless both are above 0, and log(series / the value before it).
[[nodiscard]] Series log_of_ratio(SeriesGraph& graph, Series a, Series b);
[[nodiscard]] Series log_change_of(SeriesGraph& graph, Series series);
// 100 * (series / its value `bars` bars ago - 1); 0 when that value is 0.
[[nodiscard]] Series percent_change(SeriesGraph& graph, Series series, int bars);

[[nodiscard]] Series median_price(SeriesGraph& graph);   // (high + low) / 2
[[nodiscard]] Series typical_price(SeriesGraph& graph);  // (high + low + close) / 3

// a * b; a / b, or `when_zero` where b is 0; 100 * (a / b) likewise.
[[nodiscard]] Series product(SeriesGraph& graph, Series a, Series b);
[[nodiscard]] Series ratio(SeriesGraph& graph, Series a, Series b, double when_zero);
[[nodiscard]] Series percent_ratio(SeriesGraph& graph, Series a, Series b, double when_zero);

// Over the last `bars` values, this one included.
[[nodiscard]] Series rolling_total(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series rolling_average(SeriesGraph& graph, Series series,
                                     int bars);  // of returns, volumes, scores
[[nodiscard]] Series rolling_level(SeriesGraph& graph, Series series, int bars);  // the mean of prices
[[nodiscard]] Series highest(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series lowest(SeriesGraph& graph, Series series, int bars);
// Weight 2 / (bars + 1), seeded with the mean of the first `bars` values.
[[nodiscard]] Series exponential_mean(SeriesGraph& graph, Series series, int bars);

}  // namespace regimetry::features
