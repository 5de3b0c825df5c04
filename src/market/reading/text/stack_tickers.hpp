// A table with several tickers side by side -> one below the other, with a symbol column.
#pragma once

#include <cstddef>
#include <cstdint>

#include "market/column_table.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

struct StackedTable {
  ColumnTable table;  // "timestamp", "symbol", then one column per field; rows of the first ticker first
  std::int64_t absent_rows =
      0;  // rows where a ticker has no value at all, because another one traded: left out
};

// `rows.columns[stamp_column]` holds instants. Fields that a ticker lacks are missing in its rows.
[[nodiscard]] StackedTable stack_tickers(const TableLayout& layout, std::size_t stamp_column,
                                         const ParsedRows& rows);

}  // namespace regimetry::market
