#include "report/figures/figure_style.hpp"

#include <algorithm>
#include <string>

#include "report/palette_choice.hpp"

namespace regimetry::report {
namespace {

// `size`, or a smaller one with which the words stay on the sheet.
double fitting_size(std::string_view words, double size, const FigureStyle& style, bool is_bold) {
  const double room = kSheetWidth - 2 * style.margin_right;
  return size * std::min(1.0, room / std::max(text_width(words, size, is_bold), 1.0));
}

}  // namespace

Color FigureStyle::color_of_regime(std::int32_t id) const {
  return id < 0 ? unlabelled : regime_colors.at(static_cast<std::size_t>(id));
}

FigureStyle make_figure_style(std::string_view palette, int regime_count) {
  FigureStyle style;
  for (const std::string& color : palette_colors(palette, regime_count))
    style.regime_colors.push_back(color_of(color));
  return style;
}

void draw_head(Canvas& canvas, const FigureStyle& style, std::string_view title, std::string_view subtitle) {
  constexpr bool kBold = true;
  const double title_size = fitting_size(title, style.title_size, style, kBold);
  const double subtitle_size = fitting_size(subtitle, style.small_size, style, !kBold);
  canvas.text(title, {style.margin_right, 40}, {title_size, style.ink, Align::kLeft, kBold});
  canvas.text(subtitle, {style.margin_right, 68}, {subtitle_size, style.muted, Align::kLeft});
}

}  // namespace regimetry::report
