// Sine and cosine of a position on a circle, such as the minute of a day, with the same bits on every
// machine.
//
// Why: the C library's sine differs between machines in its last bit. The quarters are exact: noon and
// midnight give exactly 0, 1 and -1, and a day's values are symmetric to the bit.
#pragma once

#include <cstdint>

namespace regimetry::features {

// sin(2 pi step / steps), 0 <= step < steps, within a unit in the last place.
[[nodiscard]] double sine_of_turn(std::int64_t step, std::int64_t steps) noexcept;
// cos(2 pi step / steps)
[[nodiscard]] double cosine_of_turn(std::int64_t step, std::int64_t steps) noexcept;

}  // namespace regimetry::features
