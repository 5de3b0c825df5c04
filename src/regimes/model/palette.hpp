// The colour of a regime, the same in every picture and from run to run.
#pragma once

#include <string_view>

namespace regimetry::regimes {

inline constexpr int kPaletteSize = 24;

// "#rrggbb" of regime `id` >= 0. The first eight are told apart with any common colour blindness (Okabe and
// Ito 2008); later ones keep apart from them and each other in lightness or hue; from 24 on they repeat.
[[nodiscard]] std::string_view regime_color(int id) noexcept;

}  // namespace regimetry::regimes
