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
// log(series / series `bars` bars ago); missing where one of the two is not above 0.
[[nodiscard]] Series log_change(SeriesGraph& graph, Series series, int bars);
// The series where it is above 0 and has a logarithm, elsewhere missing.
[[nodiscard]] Series where_positive(SeriesGraph& graph, Series series);

}  // namespace regimetry::features
