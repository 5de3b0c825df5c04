// Parses the rows of one chunk into its slots of the columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "market/reading/text/fast_cells.hpp"
#include "market/reading/text/parse_rows.hpp"
#include "market/reading/text/record_reader.hpp"
#include "market/reading/word_codes.hpp"

namespace regimetry::market {

// What one chunk found, besides the values.
struct ChunkOutcome {
  std::int64_t row_count = 0;
  std::vector<std::int64_t> lines;  // of the rows; empty when they are first_line, first_line + 1, ...
  std::vector<WordCodes> words;     // per column of the layout
  std::int64_t absolute_count = 0, naive_count = 0;
  std::int64_t problem_count = 0;
  std::optional<RowProblem> first_problem;
  std::int64_t repeated_header_count = 0, first_repeated_header = 0;
  std::int64_t empty_row_count = 0, first_empty_row = 0;
};

class ChunkParser {
 public:
  // Rows go to slots first_slot, first_slot + 1, ... of `columns`, which must have room for one row per line.
  ChunkParser(const TableLayout& layout, const ReadPlan& plan, bool quotes_span_lines,
              std::vector<Column>& columns, std::vector<std::uint8_t>& is_absolute, std::int64_t first_slot);
  [[nodiscard]] ChunkOutcome parse(std::string_view text, std::int64_t first_line);

 private:
  // The quick way: false when the row holds a quote or anything that the plan does not expect.
  bool parse_plain_row(const char*& cursor, const char* end, std::size_t slot);
  bool parse_plain_cell(const char*& cursor, const char* end, std::size_t column, std::size_t slot);
  bool parse_plain_number(const char*& cursor, const char* end, std::size_t column, std::size_t slot);
  bool parse_plain_word(const char*& cursor, const char* end, std::size_t column, std::size_t slot);

  // The careful way: reports what does not fit. False when the row was passed over.
  bool parse_any_row(const RecordReader& record, std::size_t slot);
  void parse_any_cell(std::string_view cell, std::size_t column, std::size_t slot, std::int64_t line);

  // One cell each; false when it does not fit.
  bool set_number(std::string_view cell, std::size_t column, std::size_t slot);
  bool set_boolean(std::string_view cell, std::size_t column, std::size_t slot);
  bool set_stamp(std::string_view cell, std::size_t column, std::size_t slot);
  void set_second_stamp(std::string_view cell, std::size_t column, std::size_t slot);
  bool set_time_of_day(std::string_view cell, std::size_t column, std::size_t slot);
  void set_word(std::string_view cell, std::size_t column, std::size_t slot);
  void keep_stamp(std::size_t column, std::size_t slot, TimestampNs stamp, bool is_absolute);

  void keep_row(std::int64_t line);
  void report(RowProblemKind kind, std::int64_t line, int column, std::string_view text,
              std::size_t cell_count = 0);

  const TableLayout& layout_;
  const ReadPlan& plan_;
  bool quotes_span_lines_;
  std::vector<Column>& columns_;
  std::vector<std::uint8_t>& is_absolute_;
  std::int64_t first_slot_;
  std::int64_t first_line_ = 1;
  bool lines_are_listed_ = false;
  IsoStampReader iso_stamps_;
  ChunkOutcome outcome_;
};

}  // namespace regimetry::market
