#include "labelling/placed_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

#include "core/printable.hpp"
#include "labelling/source_table.hpp"

namespace regimetry::labelling {
namespace {

// What `bars_of(segment)` holds at the bar of each row.
std::vector<double> at_rows(const PlacedSource& placed,
                            const std::function<std::span<const double>(std::size_t segment)>& bars_of) {
  if (!placed.bars || !placed.bars->close_column()) return {};
  std::vector<double> values(static_cast<std::size_t>(placed.source.size()),
                             std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < placed.source.instruments.size(); ++i) {
    const std::int64_t segment = placed.places.segments[i];
    if (segment == kNowhere) continue;
    const std::span<const double> bars = bars_of(static_cast<std::size_t>(segment));
    const IndexRange rows = placed.source.instruments[i].rows;
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      const std::int64_t place = placed.places.rows[static_cast<std::size_t>(row)];
      if (place != kNowhere) values[static_cast<std::size_t>(row)] = bars[static_cast<std::size_t>(place)];
    }
  }
  return values;
}

// What the user said of the windows, for a source that does not say it itself.
void take_shape(const WindowShape& shape, RegimeSource& source) {
  if (source.window_size == 0) source.window_size = shape.window_size.value_or(0);
  if (source.stride == 0) source.stride = shape.stride.value_or(source.has_row_numbers ? 1 : 0);
}

// A source that only counted its rows has found its bars, and with them when and of what its rows are.
// Numbers that outlive the run go by stamps: row numbers would match other bars once history is cut.
void take_bars(const features::InputTable& table, const RowPlaces& places, RegimeSource& source) {
  const features::InputSegment& bars = table.segments.front();
  for (std::size_t row = 0; row < places.rows.size(); ++row)
    source.timestamps[row] = bars.timestamps[static_cast<std::size_t>(places.rows[row])];
  for (SourceInstrument& one : source.instruments) {
    one.symbol = bars.symbol;
    one.timeframe = bars.timeframe;
    one.bars_per_year = bars.bars_per_year;
  }
  source.has_row_numbers = false;
}

}  // namespace

PlacedSource read_placed_source(const PlacedSourceOptions& options, const market::ReadOptions& reading,
                                ThreadPool& pool, Observer& observer) {
  PlacedSource placed;
  placed.source = read_regime_source(options.embedding_path, options.columns, reading, pool, observer);
  if (!options.regime_data_path) {
    take_shape(options.shape, placed.source);
    placed.table = source_table(placed.source);
    placed.places = own_places(placed.source);
    return placed;
  }
  placed.bars = std::make_unique<const BarTable>(*options.regime_data_path, options.close_column, reading,
                                                 pool, observer);
  placed.table = placed.bars->table();
  placed.places = place_rows(placed.source, placed.table, options.shape);
  take_shape(options.shape, placed.source);
  if (placed.source.has_row_numbers) take_bars(placed.table, placed.places, placed.source);
  placed.returns = at_rows(placed, [&](std::size_t segment) { return placed.bars->returns(segment); });
  if (placed.places.missing > 0)
    observer.on_warning(
        fmt::format("{} of {} rows have no bar with their stamp in {}; their regimes stand in no "
                    "table",
                    placed.places.missing, placed.source.size(), printable_path(*options.regime_data_path)));
  return placed;
}

std::vector<double> close_of(const PlacedSource& placed) {
  return at_rows(placed, [&](std::size_t segment) { return placed.bars->close(segment); });
}

double rows_per_year(const RegimeSource& source) noexcept {
  const double bars = source.instruments.front().bars_per_year;
  for (const SourceInstrument& one : source.instruments)
    if (!(one.bars_per_year > 0) || std::abs(one.bars_per_year - bars) > 0.1 * bars) return 0;
  return bars / static_cast<double>(std::max<std::int64_t>(1, source.stride));
}

}  // namespace regimetry::labelling
