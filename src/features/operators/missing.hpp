// What a value is while an indicator cannot know it.
//
// The one rule of this room: a value inside warm-up, or made from a missing input, is missing (NaN), never a
// guess. An indicator over a window is missing while the window holds a missing value; one with a memory (an
// average of Wilder's, say) passes over a missing bar: that bar's value is missing and the memory stays as it
// was.
#pragma once

#include <limits>

namespace regimetry::features {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline bool is_missing(double x) noexcept {
  return x != x;
}

}  // namespace regimetry::features
