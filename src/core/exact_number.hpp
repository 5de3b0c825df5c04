// Number conversions that say when a value would not survive.
#pragma once

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace regimetry {

// `value` as To, or nothing when it does not fit.
// - To a whole number: whole values within its range only.
// - To a floating-point number: whole numbers only when they are represented exactly; other floating-point
// numbers are
//   rounded to nearest, NaN and infinities kept, and a finite value that would become infinite does not fit.
template <typename To, typename From>
requires std::is_arithmetic_v<To> && std::is_arithmetic_v<From>
[[nodiscard]] std::optional<To> convert_number(From value) noexcept {
  if constexpr (std::same_as<To, From>) {
    return value;
  } else if constexpr (std::floating_point<To> && std::floating_point<From>) {
    const To converted = static_cast<To>(value);
    if (std::isinf(converted) && !std::isinf(value)) return std::nullopt;
    return converted;
  } else if constexpr (std::integral<To> && std::integral<From>) {
    if (!std::in_range<To>(value)) return std::nullopt;
    return static_cast<To>(value);
  } else if constexpr (std::integral<To>) {
    // Both bounds are powers of two (or zero), so they are exact in any floating-point type; NaN fails the
    // comparison.
    constexpr From kLowest = static_cast<From>(std::numeric_limits<To>::min());
    const From above = std::ldexp(From{1}, std::numeric_limits<To>::digits);
    if (!(value >= kLowest && value < above) || std::trunc(value) != value) return std::nullopt;
    return static_cast<To>(value);
  } else {
    const To converted = static_cast<To>(value);
    if (convert_number<From>(converted) != value) return std::nullopt;
    return converted;
  }
}

}  // namespace regimetry
