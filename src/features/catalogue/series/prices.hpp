// One price for a whole bar.
#pragma once

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

[[nodiscard]] Series median_price(SeriesGraph& graph);    // (high + low) / 2
[[nodiscard]] Series typical_price(SeriesGraph& graph);   // (high + low + close) / 3
[[nodiscard]] Series weighted_close(SeriesGraph& graph);  // (high + low + 2 close) / 4

}  // namespace regimetry::features
