// The true range and its average, for every indicator that is made from them.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// Wilder's true range of each bar; missing on the first one.
[[nodiscard]] Series true_range(SeriesGraph& graph);
// Its average by Wilder's smoothing: first the mean of the first `bars` true ranges, then
// (before * (bars - 1) + now) / bars.
[[nodiscard]] Series average_true_range(SeriesGraph& graph, int bars);

}  // namespace regimetry::features
