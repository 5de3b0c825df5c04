// A table with rows of many instruments -> which rows belong to which, in order of time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/files/stored_features.hpp"
#include "market/reading/group_rows.hpp"
#include "market/reading/read_options.hpp"
#include "market/signal_table.hpp"

namespace regimetry::features {

struct InstrumentName {
  std::string symbol;
  market::Timeframe timeframe;
  double bars_per_year = 0;
};

// A table and where its instruments lie in it. Sorted by symbol, then timeframe; `rows` says the same for the
// instrument of the same number, with strictly increasing stamps.
struct GroupedSignals {
  market::SignalTable table;  // without the columns of symbol and timeframe
  std::optional<StoredFeatures> stored;
  std::vector<InstrumentName> instruments;
  market::RowGroups rows;
};

// Parts by the column that says the symbol (options.column_for_role, else the one that is called so), as
// stored for files of write_features(). Throws Error (kData) for a row without a stamp, and for a stamp that
// an instrument has twice.
[[nodiscard]] GroupedSignals group_instruments(market::SignalTable table, const market::ReadOptions& options);

}  // namespace regimetry::features
