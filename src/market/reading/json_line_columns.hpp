// The columns of one chunk of JSON lines, growing row by row.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "market/column_table.hpp"
#include "market/reading/json_line_parser.hpp"
#include "market/reading/read_options.hpp"
#include "market/reading/word_codes.hpp"

namespace regimetry::market {

// One key and the values seen under it. Rows without a value hold NaN, kMissingTime and kMissingCode.
struct JsonColumn {
  std::string name;
  bool is_time = false;             // the key says time: integers stay exact, ISO words become stamps
  std::vector<double> numbers;      // numbers, and booleans as 0 and 1; filled up to the last number
  std::vector<TimestampNs> times;   // is_time: integers, or stamps read from words
  std::vector<std::int32_t> codes;  // words, filled up to the last word
  WordCodes words;
  std::int64_t last_row = -1;
  // How many values of each kind, and the line of the first.
  struct Seen {
    std::int64_t count = 0, first_line = 0;
    void add(std::int64_t line) {
      if (count++ == 0) first_line = line;
    }
  };
  Seen integers, fractions, booleans, words_seen, nested;
  Seen instants, wall_clocks, days;  // words read as stamps, by what they were
};

// What stays the same for every chunk.
struct JsonReadMode {
  const ReadOptions& options;
  bool stamps_from_words = true;  // false: words of time columns stay words (some are no ISO 8601)
};

class JsonLineColumns {
 public:
  explicit JsonLineColumns(JsonReadMode mode) : mode_(mode) {}

  // Adds the object in `line` as a row. Throws JsonLineError; `line_number` is only remembered.
  void add_row(std::string_view line, std::int64_t line_number);

  [[nodiscard]] std::int64_t row_count() const noexcept { return row_count_; }
  [[nodiscard]] std::deque<JsonColumn>& columns() noexcept { return columns_; }
  [[nodiscard]] const std::vector<std::int64_t>& lines() const noexcept { return lines_; }  // of each row
  // A word of a time column was no ISO 8601: read again without stamps_from_words.
  [[nodiscard]] bool met_other_time_words() const noexcept { return met_other_time_words_; }

 private:
  [[nodiscard]] JsonColumn& column_at(std::string_view key, std::size_t expected);
  void store(JsonColumn& column, const JsonValue& value, std::int64_t line_number);
  void store_word(JsonColumn& column, std::string_view word, std::int64_t line_number);

  JsonReadMode mode_;
  JsonLineParser parser_;
  std::deque<JsonColumn> columns_;
  std::unordered_map<std::string_view, std::size_t> column_by_name_;  // views into columns_
  std::int64_t row_count_ = 0;
  std::vector<std::int64_t> lines_;
  bool met_other_time_words_ = false;
};

}  // namespace regimetry::market
