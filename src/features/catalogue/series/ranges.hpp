// How far the price ranges: in a bar, and over many.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// Wilder's true range of each bar; missing on the first one.
[[nodiscard]] Series true_range(SeriesGraph& graph);
// Its average by Wilder's smoothing: first the mean of the first `bars` true ranges, then
// (before * (bars - 1) + now) / bars.
[[nodiscard]] Series average_true_range(SeriesGraph& graph, int bars);
// high - low
[[nodiscard]] Series bar_height(SeriesGraph& graph);

// The largest and smallest of the last `bars` values; of highs, and of lows.
[[nodiscard]] Series highest(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series lowest(SeriesGraph& graph, Series series, int bars);
[[nodiscard]] Series highest_high(SeriesGraph& graph, int bars);
[[nodiscard]] Series lowest_low(SeriesGraph& graph, int bars);

// (value - bottom) / (top - bottom), limited to [0, 1]: real bars contradict themselves now and then, and a
// close beyond its own high or low counts as there. 0.5 where top and bottom are equal. Counted from the top
// when top and bottom change places.
[[nodiscard]] Series position_in_range(SeriesGraph& graph, Series value, Series bottom, Series top);
// That of the close between the lowest low and the highest high of the last `bars` bars.
[[nodiscard]] Series close_in_range(SeriesGraph& graph, int bars);

}  // namespace regimetry::features
