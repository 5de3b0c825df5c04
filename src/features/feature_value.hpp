// How a series becomes a value of a table.
#pragma once

#include <cmath>
#include <limits>

namespace regimetry::features {

// The nearest float; missing where no float can hold the number, infinities included.
[[nodiscard]] inline float feature_value(double x) noexcept {
  const bool is_held = std::abs(x) <= static_cast<double>(std::numeric_limits<float>::max());
  return is_held ? static_cast<float>(x) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace regimetry::features
