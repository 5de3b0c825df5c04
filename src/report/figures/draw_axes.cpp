#include "report/figures/draw_axes.hpp"

#include <algorithm>

#include "report/figures/time_axis.hpp"

namespace regimetry::report {
namespace {

constexpr int kMostValueTicks = 9, kMostTimeTicks = 9;

}  // namespace

double value_y(const ValueScale& scale, double value, const Box& plot) {
  return plot.bottom() - scale.place(value) * plot.height;
}

void draw_value_axis(Canvas& canvas, const ValueScale& scale, const Box& plot, const FigureStyle& style) {
  for (const Tick& tick : ticks_of(scale, kMostValueTicks)) {
    const double y = value_y(scale, tick.value, plot);
    canvas.line({plot.left, y}, {plot.right(), y}, style.grid);
    canvas.text(tick.label, {plot.left - 10, y + style.text_size * 0.35}, style.text(Align::kRight));
  }
}

void draw_time_axis(Canvas& canvas, std::span<const TimestampNs> stamps, const Box& plot,
                    const FigureStyle& style) {
  const double per_bar = plot.width / static_cast<double>(stamps.size());
  for (const TimeTick& tick : time_ticks(stamps, kMostTimeTicks)) {
    const double x = plot.left + static_cast<double>(tick.bar) * per_bar;
    canvas.line({x, plot.bottom()}, {x, plot.bottom() + 6}, style.muted);
    // Labels near the ends are moved inwards rather than cut.
    const double half = text_width(tick.label, style.text_size) / 2;
    const double center =
        std::clamp(x, plot.left - 40 + half, std::max(plot.left - 40 + half, plot.right() + 20 - half));
    canvas.text(tick.label, {center, plot.bottom() + 26}, style.text(Align::kCenter));
  }
}

}  // namespace regimetry::report
