// Names with stars, as users choose columns by: "rsi_*".
#pragma once

#include <string_view>

namespace regimetry::features {

// Whether `*` in the pattern can stand for texts that make it the name.
[[nodiscard]] bool matches_pattern(std::string_view name, std::string_view pattern) noexcept;

}  // namespace regimetry::features
