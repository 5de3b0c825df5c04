// Colours that differ in hue alone, as many as are asked for: the palettes "hls" and "husl" of seaborn.
//
// Why here: palettes of fixed length end; regimes beyond their end still need colours that can be told apart.
#pragma once

#include <string>
#include <vector>

namespace regimetry::report {

// `count` colours "#rrggbb" round the circle of hues. Of HSL with lightness 0.6 and saturation 0.65: quick to
// tell apart, unequal in brightness.
[[nodiscard]] std::vector<std::string> hls_hues(int count);
// The same of HUSL (Boronine 2012) with lightness 64 and saturation 89: equally bright to the eye.
[[nodiscard]] std::vector<std::string> husl_hues(int count);

}  // namespace regimetry::report
