// A table of signals over time, for files that are not bars: any numeric, boolean and categorical columns,
// kinds kept.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "market/column_table.hpp"

namespace regimetry::market {

struct SignalTable {
  std::string source;
  std::vector<TimestampNs> timestamps;  // UTC
  std::vector<Column> columns;  // every other column, in file order, prices included when the file has them
  nlohmann::json metadata;
  [[nodiscard]] std::int64_t row_count() const noexcept {
    return static_cast<std::int64_t>(timestamps.size());
  }
};

// The column `timestamp` of `table` becomes the time; metadata stay empty.
[[nodiscard]] SignalTable signals_of(ColumnTable table);

}  // namespace regimetry::market
