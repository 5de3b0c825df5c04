// The colours of regimes under the name of a palette, for pages and pictures alike.
//
// Why: users bring `report_palette: tab10` from the Python tool and expect the colours they know.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::report {

// "regimetry" (our own, made for colour blindness), then those of matplotlib, ColorBrewer and seaborn.
[[nodiscard]] const std::vector<std::string>& palette_names();
// What is wrong with a name, and the nearest known one; nothing when there is such a palette.
[[nodiscard]] std::optional<std::string> palette_problem(std::string_view name);
// "#rrggbb" of regimes 0 to count - 1. A palette that ends earlier goes on with evenly spaced hues. Throws
// Error (kUsage) with palette_problem(name).
[[nodiscard]] std::vector<std::string> palette_colors(std::string_view name, int count);

}  // namespace regimetry::report
