// The sampled lines of a text, split by one separator, and how much that makes sense.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/reading/text/text_sample.hpp"

namespace regimetry::market {

struct SampleRecord {
  std::int64_t line = 0;
  std::int64_t offset = 0;  // in the source
  std::string text;
  std::vector<std::string> cells;
};

struct SampleRecords {
  char separator = ',';
  std::vector<SampleRecord> records;  // of the first block first
  std::size_t cell_count = 0;         // the most frequent one; 0 when no record has two cells
  double agreement = 0;               // share of records with that many cells
  double typed_share = 0;             // of their cells that are numbers, times, booleans or missing
  int role_count = 0;                 // recognised names in the best line of the first ones
};

// "tab", "blank" and the character itself otherwise.
[[nodiscard]] std::string separator_name(char separator);
// What `--separator` takes: one character, "tab", "\t", "blank". Throws Error (kUsage) for anything else.
[[nodiscard]] char parse_separator(const std::string& text);

// Splits the sample by `separator`, or by the one of , ; tab | blank that makes most sense. Nothing when none
// makes two columns. Throws Error (kData) when two make equal sense, and when a line has more than
// `max_columns` cells.
[[nodiscard]] std::optional<SampleRecords> split_sample(const TextSample& sample,
                                                        std::optional<char> separator,
                                                        std::int64_t max_columns, const std::string& name);

// A cell with a value that words do not have: a number, a date, a time, a boolean.
[[nodiscard]] bool is_typed_cell(const std::string& cell);

}  // namespace regimetry::market
