#include "market/reading/group_rows.hpp"

#include <cstddef>

namespace regimetry::market {

RowGroups group_rows(const std::vector<std::int32_t>& keys, std::int32_t key_count) {
  constexpr std::int32_t kUnseen = -1;
  RowGroups groups;
  std::vector<std::int32_t> group_of(static_cast<std::size_t>(key_count), kUnseen);
  std::vector<std::int64_t> sizes;
  const auto row_count = static_cast<std::int64_t>(keys.size());
  for (std::int64_t row = 0; row < row_count; ++row) {
    const std::int32_t key = keys[static_cast<std::size_t>(row)];
    std::int32_t& group = group_of[static_cast<std::size_t>(key)];
    if (row > 0 && key == keys[static_cast<std::size_t>(row - 1)]) {
      if (groups.are_ranges) groups.ranges.back().end = row + 1;
    } else if (group == kUnseen) {
      group = static_cast<std::int32_t>(sizes.size());
      sizes.push_back(0);
      if (groups.are_ranges) groups.ranges.push_back({row, row + 1});
    } else {
      groups.are_ranges = false;  // the instrument comes back: its rows are interleaved with others
    }
    ++sizes[static_cast<std::size_t>(group)];
  }
  if (groups.are_ranges) return groups;

  groups.ranges.clear();
  groups.lists.resize(sizes.size());
  for (std::size_t g = 0; g < sizes.size(); ++g) groups.lists[g].reserve(static_cast<std::size_t>(sizes[g]));
  for (std::int64_t row = 0; row < row_count; ++row) {
    const std::int32_t group = group_of[static_cast<std::size_t>(keys[static_cast<std::size_t>(row)])];
    groups.lists[static_cast<std::size_t>(group)].push_back(row);
  }
  return groups;
}

}  // namespace regimetry::market
