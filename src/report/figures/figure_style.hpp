// How figures look: sizes, distances and colours, chosen once for all of them.
//
// Units: those of the sheet (canvas.hpp); at 17 cm of width in a paper, 18 units are letters of 6.2 points.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "report/figures/canvas.hpp"

namespace regimetry::report {

struct FigureStyle {
  double title_size = 25, text_size = 18, small_size = 15.5;
  double margin_left = 100, margin_right = 30;
  double head_height = 88;  // title and subtitle
  Color ink{0.11, 0.13, 0.16}, muted{0.38, 0.41, 0.45}, grid{0.88, 0.89, 0.91};
  Color unlabelled{1, 1, 1};         // of bars without a regime: no regime is white
  std::vector<Color> regime_colors;  // [K]

  // Of a regime 0..K-1; `unlabelled` for a negative id.
  [[nodiscard]] Color color_of_regime(std::int32_t id) const;
  [[nodiscard]] TextStyle text(Align align = Align::kLeft) const { return {text_size, ink, align}; }
  [[nodiscard]] TextStyle small_text(Align align = Align::kLeft) const { return {small_size, muted, align}; }
};

// Throws Error (kUsage) for an unknown palette (report/palette_choice.hpp).
[[nodiscard]] FigureStyle make_figure_style(std::string_view palette, int regime_count);

// Title and the line below it, at the top of the sheet.
void draw_head(Canvas& canvas, const FigureStyle& style, std::string_view title, std::string_view subtitle);

}  // namespace regimetry::report
