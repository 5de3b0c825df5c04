// Rows of one table, from `begin` up to but not including `end`.
#pragma once

#include <cstdint>

namespace regimetry::windows {

struct RowRange {
  std::int64_t begin = 0, end = 0;  // rows begin, begin + 1, ..., end - 1
  [[nodiscard]] std::int64_t size() const noexcept { return end - begin; }
  [[nodiscard]] bool contains(std::int64_t row) const noexcept { return begin <= row && row < end; }
  friend bool operator==(const RowRange&, const RowRange&) = default;
};

// Whether the two have a row in common.
[[nodiscard]] bool overlaps(const RowRange& a, const RowRange& b) noexcept;

}  // namespace regimetry::windows
