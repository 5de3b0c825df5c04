// Which rows of a table belong to which instrument.
#pragma once

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"

namespace regimetry::market {

// Groups in the order in which they first appear; rows of a group stay in file order.
struct RowGroups {
  // True: the rows of group g are rows[g] as a range, as in files sorted by symbol. False: they are listed in
  // `lists`.
  bool are_ranges = true;
  std::vector<IndexRange> ranges;
  std::vector<std::vector<std::int64_t>> lists;

  [[nodiscard]] std::int64_t count() const noexcept {
    return static_cast<std::int64_t>(are_ranges ? ranges.size() : lists.size());
  }
  [[nodiscard]] std::int64_t size_of(std::int64_t group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return are_ranges ? ranges[g].size() : static_cast<std::int64_t>(lists[g].size());
  }
  [[nodiscard]] std::int64_t first_row_of(std::int64_t group) const noexcept {
    const auto g = static_cast<std::size_t>(group);
    return are_ranges ? ranges[g].begin : lists[g].front();
  }
};

// `keys`: one small number per row, 0 .. key_count - 1. Keys that no row has form no group.
[[nodiscard]] RowGroups group_rows(const std::vector<std::int32_t>& keys, std::int32_t key_count);

// The values of one group.
template <typename T>
[[nodiscard]] std::vector<T> take_group(const std::vector<T>& values, const RowGroups& groups,
                                        std::int64_t group) {
  const auto g = static_cast<std::size_t>(group);
  if (groups.are_ranges) {
    return {values.begin() + groups.ranges[g].begin, values.begin() + groups.ranges[g].end};
  }
  std::vector<T> taken;
  taken.reserve(groups.lists[g].size());
  for (const std::int64_t row : groups.lists[g]) taken.push_back(values[static_cast<std::size_t>(row)]);
  return taken;
}

}  // namespace regimetry::market
