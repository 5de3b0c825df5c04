// A colour as it is drawn, and what is made of colours: tints and the shades of a scale.
#pragma once

#include <string_view>

namespace regimetry::report {

struct Color {
  double red = 0, green = 0, blue = 0;  // 0..1
  bool operator==(const Color&) const = default;
};

// Of "#rrggbb"; anything else is a bug of the caller (assert).
[[nodiscard]] Color color_of(std::string_view hex);
// `share` of `color`, the rest white: opaque, so that it looks the same in print and in every program.
[[nodiscard]] Color tint(const Color& color, double share);
// White (0) to dark blue (1) with even steps to the eye: ColorBrewer's "Blues".
[[nodiscard]] Color blue_shade(double position);
// Whether white letters are read better on it than dark ones.
[[nodiscard]] bool is_dark(const Color& color);

}  // namespace regimetry::report
