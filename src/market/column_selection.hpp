// Which of the further columns of a file to keep, by name.
#pragma once

#include <string>
#include <vector>

#include "market/market_data.hpp"
#include "market/signal_table.hpp"

namespace regimetry::market {

struct ColumnSelection {
  std::vector<std::string> include = {"*"};  // "*": all
  std::vector<std::string> exclude;          // wins over include
};

// Drops extras (columns of the table) that the selection does not keep; time, symbol, prices and volume
// always stay. Throws Error (kUsage) for a name that is no column, with the nearest one.
void select_columns(MarketData& data, const ColumnSelection& selection);
void select_columns(SignalTable& table, const ColumnSelection& selection);

}  // namespace regimetry::market
