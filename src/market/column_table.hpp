// Columns with names and kinds: what a file says before anyone knows that it holds bars.
//
// Readers of text, Parquet and JSON lines all end here; from here on there is one path to `Bars`
// (assemble_bars.hpp).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace regimetry::market {

enum class ColumnKind { kNumber, kBoolean, kCategory, kTime };
[[nodiscard]] std::string_view kind_name(
    ColumnKind kind) noexcept;  // "number", "boolean", "category", "time"

inline constexpr TimestampNs kMissingTime = std::numeric_limits<TimestampNs>::min();
inline constexpr std::int32_t kMissingCode = -1;

struct Column {
  std::string name;  // as in the file
  ColumnKind kind = ColumnKind::kNumber;
  std::vector<double> numbers;          // kNumber, and kBoolean as 0/1; NaN where missing
  std::vector<std::int32_t> codes;      // kCategory: index into `categories`, kMissingCode where missing
  std::vector<std::string> categories;  // in order of first appearance
  std::vector<TimestampNs> times;       // kTime: UTC; kMissingTime where missing

  [[nodiscard]] std::int64_t row_count() const noexcept;
  [[nodiscard]] std::int64_t missing_count() const noexcept;
};

// Where each row stood in its file, so that an error can say `file:line`.
struct RowOrigin {
  // The rows from first_row on came from this file.
  struct File {
    std::int64_t first_row = 0;
    std::string path;
  };
  std::int64_t first_line =
      0;  // line of row 0, counting from 1; 0: rows have no lines (Parquet), say "row n"
  std::vector<std::int64_t> lines;  // set only when lines are not first_line + row
  std::vector<File> files;          // in order of rows, when several were joined; empty: one file
  [[nodiscard]] std::int64_t line_of(std::int64_t row) const noexcept;  // 0 when rows have no lines
  // The file of a row when several were joined, else `only_source`.
  [[nodiscard]] const std::string& file_of(std::int64_t row, const std::string& only_source) const noexcept;
  [[nodiscard]] bool begins_file(std::int64_t row) const noexcept;  // another file than the row before
};

struct ColumnTable {
  std::string source;           // the path as the user gave it
  std::vector<Column> columns;  // all of row_count rows
  std::int64_t row_count = 0;
  RowOrigin origin;
  [[nodiscard]] const Column* find(std::string_view name) const noexcept;  // exact name; null when absent
};

}  // namespace regimetry::market
