#include "windows/time_axis.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

namespace regimetry::windows {
namespace {

using Stamps = std::vector<TimestampNs>;

// In pairs, so that no stamp is copied more often than the logarithm of the instrument count.
Stamps union_of(std::span<const std::span<const TimestampNs>> parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return {parts[0].begin(), parts[0].end()};
  const Stamps left = union_of(parts.first(parts.size() / 2));
  const Stamps right = union_of(parts.subspan(parts.size() / 2));
  Stamps both;
  both.reserve(std::max(left.size(), right.size()));
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
  return both;
}

}  // namespace

std::int64_t TimeAxis::position_of(TimestampNs stamp) const noexcept {
  return std::lower_bound(stamps.begin(), stamps.end(), stamp) - stamps.begin();
}

std::int64_t TimeAxis::position_after(TimestampNs stamp) const noexcept {
  return std::upper_bound(stamps.begin(), stamps.end(), stamp) - stamps.begin();
}

TimeAxis make_time_axis(const Windows& windows) {
  TimestampNs first = std::numeric_limits<TimestampNs>::max();
  TimestampNs last = std::numeric_limits<TimestampNs>::min();
  std::vector<std::size_t> instruments;
  for (std::size_t i = 0; i < windows.tables().size(); ++i) {
    const IndexRange range = windows.windows_of(static_cast<std::int64_t>(i));
    if (range.size() == 0) continue;
    instruments.push_back(i);
    first = std::min(first, windows.window(range.begin).stamp);
    last = std::max(last, windows.window(range.end - 1).stamp);
  }
  std::vector<std::span<const TimestampNs>> parts;
  for (const std::size_t i : instruments) {
    const Stamps& stamps = windows.tables()[i].timestamps;
    parts.emplace_back(std::lower_bound(stamps.begin(), stamps.end(), first),
                       std::upper_bound(stamps.begin(), stamps.end(), last));
  }
  return {union_of(parts)};
}

}  // namespace regimetry::windows
