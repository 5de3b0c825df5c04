#include "windows/sample_ranges.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

namespace regimetry::windows {

void SampleRanges::append(std::int64_t begin, std::int64_t end) {
  if (end <= begin) return;
  if (ranges_.empty() || ranges_.back().end < begin) {
    ranges_.push_back({begin, end});
    return;
  }
  assert(ranges_.back().begin <= begin);
  ranges_.back().end = std::max(ranges_.back().end, end);
}

std::int64_t SampleRanges::size() const noexcept {
  std::int64_t count = 0;
  for (const IndexRange& range : ranges_) count += range.size();
  return count;
}

bool SampleRanges::contains(std::int64_t sample) const noexcept {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), sample,
                       [](std::int64_t value, const IndexRange& range) { return value < range.begin; });
  return after != ranges_.begin() && sample < std::prev(after)->end;
}

std::vector<std::int64_t> SampleRanges::indices() const {
  std::vector<std::int64_t> all(static_cast<std::size_t>(size()));
  auto to = all.begin();
  for (const IndexRange& range : ranges_) {
    std::iota(to, to + range.size(), range.begin);
    to += range.size();
  }
  return all;
}

SampleRanges SampleRanges::without(const SampleRanges& other) const {
  SampleRanges rest;
  auto hole = other.ranges_.begin();
  for (const IndexRange& range : ranges_) {
    std::int64_t begin = range.begin;
    while (hole != other.ranges_.end() && hole->end <= begin) ++hole;
    // A hole may reach into the next range, so the walk over the holes of this one is its own.
    for (auto next = hole; next != other.ranges_.end() && next->begin < range.end; ++next) {
      rest.append(begin, next->begin);
      begin = next->end;
    }
    rest.append(begin, range.end);
  }
  return rest;
}

}  // namespace regimetry::windows
