// A source together with the table that its regimes are laid over.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/transform/feature_columns.hpp"
#include "labelling/bar_table.hpp"
#include "labelling/regime_source.hpp"
#include "labelling/row_places.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::labelling {

struct PlacedSource {
  RegimeSource source;
  std::unique_ptr<const BarTable> bars;  // null: the source stands alone
  features::InputTable table;            // of `bars`, or of the source's own stamps; borrows from them
  RowPlaces places;                      // of the source's rows in `table`
  // [N] log return of the bar that each row ends with, NaN where unknown; empty: no prices.
  std::vector<double> returns;
};

struct PlacedSourceOptions {
  std::filesystem::path embedding_path;
  std::optional<std::filesystem::path> regime_data_path = {};
  std::optional<std::string> close_column = {};
  WindowShape shape = {};
  features::FeatureColumnOptions columns = {};
};

// A source that only counts its rows takes stamps, instrument and timeframe from its bars, and the shape of
// its windows from `shape`. Warns of rows that the table has no bar for.
[[nodiscard]] PlacedSource read_placed_source(const PlacedSourceOptions& options,
                                              const market::ReadOptions& reading, ThreadPool& pool,
                                              Observer& observer);

// [N] close of the bar that each row ends with, NaN where unknown; empty: no prices.
[[nodiscard]] std::vector<double> close_of(const PlacedSource& placed);
// Rows of one instrument per year; 0 when its bars do not tell, or those of several instruments differ.
[[nodiscard]] double rows_per_year(const RegimeSource& source) noexcept;

}  // namespace regimetry::labelling
