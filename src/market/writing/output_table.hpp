// What is about to be written: named columns over segments of rows, without a copy of a single value.
//
// Owner:    borrows everything from the MarketData or SignalTable it was made of, which must outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "market/column_table.hpp"
#include "market/market_data.hpp"
#include "market/signal_table.hpp"
#include "market/writing/write_options.hpp"

namespace regimetry::market {

struct OutputColumn {
  std::string name;  // unique without regard to case: DuckDB and many readers see no difference
  ColumnKind kind = ColumnKind::kNumber;
  // kNumber of 32 bits: FLOAT in Parquet, in text the shortest digits that read back to the same float. Its
  // views hold `singles`.
  bool is_single = false;
};

// The values of one column in one segment. Which pointer is set follows from the column's kind; none is set
// when every value is missing or the same word.
struct ColumnView {
  const double* numbers = nullptr;
  const float* singles = nullptr;  // row r is singles[r * single_stride]: a column of a row-major matrix
  std::int64_t single_stride = 1;  // floats from one row to the next
  const std::int32_t* codes = nullptr;
  const std::vector<std::string>* categories = nullptr;
  const TimestampNs* times = nullptr;
  std::string_view word;  // kCategory without codes: the word of every row, unless empty

  [[nodiscard]] float single_at(std::size_t row) const noexcept {
    return singles[static_cast<std::ptrdiff_t>(row) * single_stride];
  }
};

// Borrows the column.
[[nodiscard]] ColumnView view_of(const Column& column);

struct OutputSegment {
  std::vector<ColumnView> views;    // one per column of the table
  std::vector<std::int64_t> order;  // rows in the order to write; empty: as they stand
  std::int64_t row_count = 0;
  [[nodiscard]] std::size_t row_at(std::int64_t position) const noexcept {
    return static_cast<std::size_t>(order.empty() ? position : order[static_cast<std::size_t>(position)]);
  }
};

struct OutputTable {
  std::vector<OutputColumn> columns;
  std::vector<OutputSegment> segments;
  std::deque<std::string> timeframe_names;  // backs the words of the column `timeframe`
  [[nodiscard]] std::int64_t row_count() const noexcept;
};

// timestamp, symbol, open, high, low, close, volume, `timeframe` when a symbol stands there at several, then
// the extras of any instrument. Instruments by symbol and timeframe, their rows by time or as given.
[[nodiscard]] OutputTable output_table(const MarketData& data, RowOrder order = RowOrder::kByTime);
// timestamp, then the columns, rows as they are.
[[nodiscard]] OutputTable output_table(const SignalTable& table);

}  // namespace regimetry::market
