// Columns of any file -> bars of each instrument: the one path from tables to `Bars`.
//
// Memory: columns are moved when the file holds one instrument. Otherwise each source column is freed as soon
// as its values have gone to the instruments, so the data is held once and one column twice.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/bars.hpp"
#include "market/column_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

// What is known of a table beside its columns.
struct TableFacts {
  std::string symbol;                  // for rows that name none: --symbol, or from folder or file name
  std::optional<Timeframe> timeframe;  // from a folder `timeframe=1h/`
  bool stamps_are_bar_ends = false;    // what the recognised export is known to do
  nlohmann::json metadata;             // as stored in the file; null when there is none
};

// One entry per symbol and timeframe, in order of first appearance, rows in file order and unchecked. Prices
// are adjusted by Adj Close / Close unless the options say otherwise, tick volume stands in for a volume that
// is absent or zero throughout, a lone price serves as all four; each is told. Throws Error (kData) listing
// the columns when there is no time or no price.
[[nodiscard]] std::vector<Bars> assemble_bars(ColumnTable table, const TableFacts& facts,
                                              const ReadOptions& options, ThreadPool& pool,
                                              Observer& observer);

}  // namespace regimetry::market
