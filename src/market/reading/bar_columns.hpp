// Which column of a table is the close: roles given to columns, once for every kind of file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.hpp"
#include "market/column_roles.hpp"
#include "market/column_table.hpp"
#include "market/reading/read_options.hpp"
#include "market/timeframe.hpp"

namespace regimetry::market {

// Indices into ColumnTable::columns; nothing where the table has no such column.
struct BarColumns {
  std::size_t timestamp = 0;
  std::optional<std::size_t> open, high, low;
  std::size_t close = 0;
  std::optional<std::size_t> adjusted_close, volume, tick_volume, symbol;
  std::optional<std::size_t> timeframe;  // "1h", "D": tells apart several timeframes of one symbol
};

// Columns named by --column first, then the name that says its role most surely. Throws Error (kData) listing
// the columns when there is no time or no price, or when two columns have an equal claim to a price; kUsage
// when --column names a column or role that does not exist.
[[nodiscard]] BarColumns find_bar_columns(const ColumnTable& table, const ReadOptions& options,
                                          Observer& observer);

// What the names of the columns say, each judged in the company of the others.
[[nodiscard]] std::vector<std::optional<RoleMatch>> match_columns(const ColumnTable& table);

// `timeframe`, `period`, `<PER>`: the column tells timeframes apart if all its values are some.
[[nodiscard]] bool may_name_timeframe(std::string_view column_name);
// What Timeframe::parse() reads, a plain number as minutes, and the bare letters D, W, M and H of MetaStock.
[[nodiscard]] std::optional<Timeframe> timeframe_of_cell(std::string_view cell);

// "a, b, c, ...": the columns of a table for messages, cleaned and shortened.
[[nodiscard]] std::string column_list(const ColumnTable& table);

}  // namespace regimetry::market
