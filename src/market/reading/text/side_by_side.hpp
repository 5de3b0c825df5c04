// yfinance since 2024: two or three header rows, one column per ticker and field.
//
//   Price,Close,Close,High,High,...        the fields, and
//   Ticker,AAPL,MSFT,AAPL,MSFT,...         the tickers, in either order, and
//   Date,,,,...                            the name of the first column, sometimes left out
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "market/reading/text/sample_records.hpp"
#include "market/reading/text/table_layout.hpp"

namespace regimetry::market {

struct SideBySideHeader {
  std::size_t field_row = 0, ticker_row = 0;  // records counted from the header's first
  std::size_t row_count = 2;                  // of the header
  std::string time_name = "Date";
};

[[nodiscard]] std::optional<SideBySideHeader> find_side_by_side_header(const SampleRecords& split,
                                                                       std::size_t first);
// Fills columns, tickers, roles and where the data begins.
void lay_out_side_by_side(const SampleRecords& split, std::size_t first, const SideBySideHeader& header,
                          const std::string& name, TableLayout& layout);

}  // namespace regimetry::market
