// What a series gained or lost: changes, returns and slopes.
//
// Two rules for a bar whose value is missing. Those over a number of bars look back exactly so far: they are
// missing on that bar and again where it is the one looked back to. `previous_value` and `change` pass over
// it to the last known value.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// x[t - bars]
[[nodiscard]] Series value_before(SeriesGraph& graph, Series series, int bars);
// x[t] - x[t - bars]
[[nodiscard]] Series change_over(SeriesGraph& graph, Series series, int bars);
// x[t] / x[t - bars] - 1; missing unless x[t - bars] is above 0: a share of less than nothing has no meaning.
[[nodiscard]] Series simple_return(SeriesGraph& graph, Series series, int bars);
// 100 times that.
[[nodiscard]] Series percent_return(SeriesGraph& graph, Series series, int bars);
// log(x[t] / x[t - bars]); missing unless both are above 0.
[[nodiscard]] Series log_return(SeriesGraph& graph, Series series, int bars);
// log_return / bars
[[nodiscard]] Series log_slope(SeriesGraph& graph, Series series, int bars);

// The last known value before this one; missing on the first bar.
[[nodiscard]] Series previous_value(SeriesGraph& graph, Series series);
// series - previous_value
[[nodiscard]] Series change(SeriesGraph& graph, Series series);

// log(open / close of the bar before), log(close / open) and log(high / low); missing unless both are above
// 0.
[[nodiscard]] Series overnight_gap(SeriesGraph& graph);
[[nodiscard]] Series intraday_return(SeriesGraph& graph);
[[nodiscard]] Series log_bar_range(SeriesGraph& graph);

}  // namespace regimetry::features
