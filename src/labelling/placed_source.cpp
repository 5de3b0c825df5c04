#include "labelling/placed_source.hpp"

#include <fmt/format.h>

#include <limits>
#include <span>

#include "core/printable.hpp"
#include "labelling/source_table.hpp"

namespace regimetry::labelling {
namespace {

std::vector<double> returns_of(const PlacedSource& placed) {
  if (!placed.bars->close_column()) return {};
  std::vector<double> returns(static_cast<std::size_t>(placed.source.size()),
                              std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < placed.source.instruments.size(); ++i) {
    const std::int64_t segment = placed.places.segments[i];
    if (segment == kNowhere) continue;
    const std::span<const double> bars = placed.bars->returns(static_cast<std::size_t>(segment));
    const IndexRange rows = placed.source.instruments[i].rows;
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      const std::int64_t place = placed.places.rows[static_cast<std::size_t>(row)];
      if (place != kNowhere) returns[static_cast<std::size_t>(row)] = bars[static_cast<std::size_t>(place)];
    }
  }
  return returns;
}

}  // namespace

PlacedSource read_placed_source(const PlacedSourceOptions& options, const market::ReadOptions& reading,
                                ThreadPool& pool, Observer& observer) {
  PlacedSource placed;
  placed.source = read_regime_source(options.embedding_path, options.columns, reading, pool, observer);
  if (!options.regime_data_path) {
    placed.table = source_table(placed.source);
    placed.places = own_places(placed.source);
    return placed;
  }
  placed.bars = std::make_unique<const BarTable>(*options.regime_data_path, options.close_column, reading,
                                                 pool, observer);
  placed.table = placed.bars->table();
  placed.places = place_rows(placed.source, placed.table, options.shape);
  placed.returns = returns_of(placed);
  if (placed.places.missing > 0)
    observer.on_warning(
        fmt::format("{} of {} rows have no bar with their stamp in {}; their regimes stand in no "
                    "table",
                    placed.places.missing, placed.source.size(), printable_path(*options.regime_data_path)));
  return placed;
}

}  // namespace regimetry::labelling
