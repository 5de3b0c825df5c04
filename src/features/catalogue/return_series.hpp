// The returns that price, volatility and shape indicators share.
//
// Why here: the graph computes a series once however many indicators ask for it, if they ask in the same
// words. Each is missing unless both prices are above 0.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// log(x[t] / x[t - bars])
[[nodiscard]] Series log_return(SeriesGraph& graph, Series series, int bars);
// log(open / close of the bar before)
[[nodiscard]] Series overnight_gap(SeriesGraph& graph);
// log(close / open)
[[nodiscard]] Series intraday_return(SeriesGraph& graph);
// log(high / low)
[[nodiscard]] Series log_bar_range(SeriesGraph& graph);

}  // namespace regimetry::features
