#include "market/column_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace regimetry::market {

std::string_view kind_name(ColumnKind kind) noexcept {
  switch (kind) {
    case ColumnKind::kNumber:
      return "number";
    case ColumnKind::kBoolean:
      return "boolean";
    case ColumnKind::kCategory:
      return "category";
    case ColumnKind::kTime:
      break;
  }
  return "time";
}

std::int64_t Column::row_count() const noexcept {
  return static_cast<std::int64_t>(std::max({numbers.size(), codes.size(), times.size()}));
}

std::int64_t Column::missing_count() const noexcept {
  return std::count_if(numbers.begin(), numbers.end(), [](double x) { return std::isnan(x); }) +
         std::count(codes.begin(), codes.end(), kMissingCode) +
         std::count(times.begin(), times.end(), kMissingTime);
}

std::int64_t RowOrigin::line_of(std::int64_t row) const noexcept {
  if (!lines.empty()) return lines[static_cast<std::size_t>(row)];
  return first_line > 0 ? first_line + row : 0;
}

const std::string& RowOrigin::file_of(std::int64_t row, const std::string& only_source) const noexcept {
  const auto next = std::upper_bound(files.begin(), files.end(), row,
                                     [](std::int64_t r, const File& file) { return r < file.first_row; });
  return next == files.begin() ? only_source : std::prev(next)->path;
}

bool RowOrigin::begins_file(std::int64_t row) const noexcept {
  return row > 0 &&
         std::any_of(files.begin(), files.end(), [&](const File& file) { return file.first_row == row; });
}

const Column* ColumnTable::find(std::string_view name) const noexcept {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace regimetry::market
