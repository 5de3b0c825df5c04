// Series taken relative to each other: what makes an indicator free of the level of the price.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// series / base - 1; 0 where the base is 0.
[[nodiscard]] Series relative_distance(SeriesGraph& graph, Series series, Series base);
// series / base; 0 where the base is 0.
[[nodiscard]] Series share_of(SeriesGraph& graph, Series series, Series base);
// log(series / series `bars` bars ago) / bars; 0 where one of the two is not above 0.
[[nodiscard]] Series log_slope(SeriesGraph& graph, Series series, int bars);
// log(series / series `bars` bars ago), for series above 0.
[[nodiscard]] Series log_change(SeriesGraph& graph, Series series, int bars);

}  // namespace regimetry::features
