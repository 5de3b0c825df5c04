#include "features/live_bar.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "features/source_columns.hpp"

namespace regimetry::features {

double field_of(const LiveBar& bar, BarField field) noexcept {
  switch (field) {
    case BarField::kOpen:
      return bar.open;
    case BarField::kHigh:
      return bar.high;
    case BarField::kLow:
      return bar.low;
    case BarField::kClose:
      return bar.close;
    case BarField::kVolume:
      return bar.volume;
    case BarField::kTime:
      break;
  }
  return whole_seconds(bar.timestamp);
}

std::vector<std::string> extra_columns_of(const SeriesGraph& graph) {
  std::vector<std::string> names;
  for (const SeriesGraph::SourceSeries& source : graph.sources()) {
    if (source.kind == SeriesGraph::SourceKind::kExtra) names.push_back(source.name);
  }
  return names;
}

void fill_sources(const SeriesGraph& graph, const LiveBar& bar, std::vector<double>& values) {
  std::size_t next_extra = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const SeriesGraph::SourceSeries& source = graph.sources()[i];
    if (source.kind == SeriesGraph::SourceKind::kField) values[i] = field_of(bar, source.field);
    if (source.kind != SeriesGraph::SourceKind::kExtra) continue;
    if (next_extra < bar.extras.size()) values[i] = bar.extras[next_extra];
    ++next_extra;
  }
  if (next_extra != bar.extras.size()) {
    throw Error(ErrorKind::kData, fmt::format("the bar carries {} further columns; these features read {}",
                                              bar.extras.size(), next_extra));
  }
}

}  // namespace regimetry::features
