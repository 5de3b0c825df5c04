#include "market/signal_table.hpp"

#include <utility>

namespace regimetry::market {

SignalTable signals_of(ColumnTable table) {
  SignalTable signals;
  signals.source = std::move(table.source);
  for (Column& column : table.columns) {
    if (column.kind == ColumnKind::kTime && column.name == "timestamp" && signals.timestamps.empty()) {
      signals.timestamps = std::move(column.times);
    } else {
      signals.columns.push_back(std::move(column));
    }
  }
  return signals;
}

}  // namespace regimetry::market
