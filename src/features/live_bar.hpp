// One bar as it arrives.
#pragma once

#include <vector>

#include "core/time.hpp"
#include "features/graph/series_graph.hpp"

namespace regimetry::features {

// NaN where the source has no value.
struct LiveBar {
  TimestampNs timestamp = 0;
  double open = 0, high = 0, low = 0, close = 0, volume = 0;
  std::vector<double>
      extras;  // one per further column that the features read, in the order of extra_columns()
};

// A field of the bar; kTime: UTC seconds, rounded down.
[[nodiscard]] double field_of(const LiveBar& bar, BarField field) noexcept;

// The further columns that a graph reads, in the order that LiveBar::extras gives them.
[[nodiscard]] std::vector<std::string> extra_columns_of(const SeriesGraph& graph);

// Fills values[i] with the bar's value of the i-th source; what is seen across instruments stays as it is.
// Throws Error (kData) when the bar has another number of extras.
void fill_sources(const SeriesGraph& graph, const LiveBar& bar, std::vector<double>& values);

}  // namespace regimetry::features
