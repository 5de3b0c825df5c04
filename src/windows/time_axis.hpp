// The common clock of many instruments: every stamp at which any of them has a row, once.
//
// Why:  splits cut time, not rows. Row 1,000 of one instrument may be years away from row 1,000 of another,
//       and training on the later one while testing on the earlier one would be training on the future.
// Time: from the first to the last stamp at which a window ends, instruments without windows left out. For
//       one instrument a position on the axis is a row. Bars of several lengths stand on it by their stamps;
//       what may be trained on is decided by when they end (bar_span.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "core/time.hpp"
#include "windows/windows.hpp"

namespace regimetry::windows {

struct TimeAxis {
  std::vector<TimestampNs> stamps;  // strictly increasing, never empty

  [[nodiscard]] std::int64_t size() const noexcept { return static_cast<std::int64_t>(stamps.size()); }
  // Position of the first stamp that is not before `stamp`; size() when all are.
  [[nodiscard]] std::int64_t position_of(TimestampNs stamp) const noexcept;
  // Position of the first stamp after `stamp`; size() when there is none.
  [[nodiscard]] std::int64_t position_after(TimestampNs stamp) const noexcept;
  [[nodiscard]] TimestampNs at(std::int64_t position) const {
    return stamps[static_cast<std::size_t>(position)];
  }
};

[[nodiscard]] TimeAxis make_time_axis(const Windows& windows);

}  // namespace regimetry::windows
