// Marks of time on an axis where bars stand side by side: a weekend takes no room, as on any chart of prices.
//
// Time: stamps are UTC and ascending; a mark stands at the first bar of a new year, month, day, hour or
// minute.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace regimetry::report {

struct TimeTick {
  std::int64_t bar = 0;
  std::string label;  // "2019", "Mar 2019", "15 Mar 2019", "14:00"; a new day among hours: "15 Mar"
};

// At most `most` (>= 1) marks for stamps [T], T >= 1, of the finest unit that keeps to it; marks nearer to
// each other than T / (2 most) bars are thinned out. A single mark at the first bar when no unit ever
// changes.
[[nodiscard]] std::vector<TimeTick> time_ticks(std::span<const TimestampNs> stamps, int most);

}  // namespace regimetry::report
