#include "labelling/source_table.hpp"

namespace regimetry::labelling {

features::InputTable source_table(const RegimeSource& source) {
  features::InputTable table;
  table.source = source.path;
  table.origin.has_row_numbers = source.has_row_numbers;
  for (const SourceInstrument& one : source.instruments) {
    features::InputSegment& segment = table.segments.emplace_back();
    segment.symbol = one.symbol;
    segment.timeframe = one.timeframe;
    segment.bars_per_year = one.bars_per_year;
    segment.timestamps =
        std::span(source.timestamps)
            .subspan(static_cast<std::size_t>(one.rows.begin), static_cast<std::size_t>(one.rows.size()));
  }
  return table;
}

RowPlaces own_places(const RegimeSource& source) {
  RowPlaces places;
  for (std::size_t i = 0; i < source.instruments.size(); ++i) {
    places.segments.push_back(static_cast<std::int64_t>(i));
    for (std::int64_t row = 0; row < source.instruments[i].rows.size(); ++row) places.rows.push_back(row);
  }
  return places;
}

}  // namespace regimetry::labelling
