// How a text is laid out as a table: separator, where the data begins, and what each column is called.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/column_roles.hpp"
#include "market/reading/read_options.hpp"
#include "market/reading/text/text_sample.hpp"

namespace regimetry::market {

struct LayoutColumn {
  std::string
      name;  // as in the header; "column 3" where there is none, "Close (2)" where it is the second such
  std::optional<ColumnRole> role;
  int ticker_idx = -1;  // tables with tickers side by side: whose column this is
  bool is_unnamed = false;
  bool is_second_clock = false;  // dropped, but its times are compared with the stamps
  bool is_dropped = false;       // an unnamed index, a second time column; a note says so
  std::string heading = {};      // as in the header, "" where there is none: tells what the column may mean
};

struct TableLayout {
  std::string export_name = "generic";
  char separator = ',';
  bool has_header = false;
  std::int64_t data_begin = 0;  // byte offset of the first data record
  std::int64_t data_line = 1;   // its line
  int header_lines = 0;         // lines before it
  std::string header_text;      // the header line, to know it again where files were appended to each other
  std::vector<LayoutColumn> columns;
  std::vector<std::string> tickers;  // yfinance: several side by side

  // What the recognised export is known to do. Absent: not known for sure.
  std::optional<DateOrder> date_order;
  std::optional<std::string> time_zone;
  bool stamps_are_bar_ends = false;  // the only time column is a close time
  std::string clock_advice;          // whose clock naive stamps are, in words; empty when unknown
  std::vector<std::string> notes;

  [[nodiscard]] int find_role(ColumnRole role) const noexcept;  // first column with it, -1 when there is none
};

// Throws Error (kData) when the text is no table, and Error (kUsage) when an option names a column that is
// not there.
[[nodiscard]] TableLayout recognise_layout(const TextSample& sample, const std::string& name,
                                           const ReadOptions& options);

}  // namespace regimetry::market
