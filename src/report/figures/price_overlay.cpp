#include "report/figures/price_overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "report/figures/draw_axes.hpp"
#include "report/figures/legend.hpp"
#include "report/figures/price_line.hpp"
#include "report/figures/regime_bands.hpp"
#include "report/figures/run_title.hpp"

namespace regimetry::report {
namespace {

constexpr double kPlotHeight = 470, kStripHeight = 16, kFoot = 16;
// Of a regime's colour behind the price: regimes are told apart, and the line stays readable.
constexpr double kBandTint = 0.32;
constexpr std::int64_t kMostColumns = 1270;  // one per unit of the plot's width

// What is shown of a run: its bars from `first` on.
struct View {
  std::int64_t first = 0;
  bool has_candles = false;
  ValueScale scale;
  std::string title;
};

template <typename Value>
std::span<const Value> from(const std::vector<Value>& column, const View& view) {
  return std::span(column).subspan(static_cast<std::size_t>(view.first));
}

// The lowest and the highest of all finite values; nothing when there are none.
std::optional<ValueScale> scale_of(std::initializer_list<std::span<const double>> columns) {
  double low = INFINITY, high = -INFINITY;
  for (const auto& column : columns) {
    for (const double value : column) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  if (low > high) return std::nullopt;
  return scale_around(low, high);
}

void draw_lines(Canvas& canvas, std::span<const double> close, const View& view, const Box& plot,
                const Color& ink) {
  const double per_bar = plot.width / static_cast<double>(close.size());
  for (const std::vector<PricePoint>& line : price_lines(close, kMostColumns)) {
    std::vector<Point> points;
    for (const PricePoint& point : line)
      points.push_back({plot.left + point.bar * per_bar, value_y(view.scale, point.price, plot)});
    // A single price between two gaps is a dot.
    if (points.size() == 1) {
      canvas.markers(points, Marker::kDot, ink, 3);
    } else {
      canvas.line(points, ink, 1.6);
    }
  }
}

void draw_candles(Canvas& canvas, const RegimeRun& run, const View& view, const Box& plot, const Color& ink) {
  const auto open = from(run.open, view), high = from(run.high, view), low = from(run.low, view);
  const auto close = from(run.close, view);
  const double per_bar = plot.width / static_cast<double>(close.size());
  const double body_width = std::min(per_bar * 0.64, 22.0);
  const auto y = [&](double price) { return value_y(view.scale, price, plot); };
  for (std::size_t i = 0; i < close.size(); ++i) {
    if (!std::isfinite(open[i] + high[i] + low[i] + close[i])) continue;
    const double x = plot.left + (static_cast<double>(i) + 0.5) * per_bar;
    canvas.line({x, y(high[i])}, {x, y(low[i])}, ink, 1.3);
    const double top = y(std::max(open[i], close[i])), bottom = y(std::min(open[i], close[i]));
    const Box body{x - body_width / 2, top, body_width, std::max(bottom - top, 1.0)};
    canvas.fill(body, close[i] > open[i] ? Color{1, 1, 1} : ink);
    canvas.outline(body, ink, 1.3);
  }
}

void draw_plot(Canvas& canvas, const RegimeRun& run, const FigureStyle& style, const View& view,
               const Box& plot) {
  const auto ids = from(run.final_labels.ids, view);
  const auto bar_count = static_cast<std::int64_t>(ids.size());
  const std::vector<RegimeBand> bands = regime_bands(ids, kMostColumns);
  const Box strip{plot.left, plot.bottom(), plot.width, kStripHeight};
  draw_bands(canvas, bands, bar_count, plot,
             [&](std::int32_t id) { return tint(style.color_of_regime(id), kBandTint); });
  canvas.fill(strip, style.unlabelled);
  draw_bands(canvas, bands, bar_count, strip, [&](std::int32_t id) { return style.color_of_regime(id); });
  draw_value_axis(canvas, view.scale, plot, style);
  draw_time_axis(canvas, from(run.timestamps, view),
                 {plot.left, plot.top, plot.width, plot.height + kStripHeight}, style);
  {
    const Canvas::Clip clip(canvas, plot);
    if (view.has_candles) {
      draw_candles(canvas, run, view, plot, style.ink);
    } else {
      draw_lines(canvas, from(run.close, view), view, plot, style.ink);
    }
  }
  canvas.outline({plot.left, plot.top, plot.width, plot.height + kStripHeight}, style.muted);
}

std::string subtitle_of(const RegimeRun& run, const View& view) {
  std::string words = span_words(run, view.first);
  words += view.has_candles ? " \u00b7 hollow: up, filled: down" : " \u00b7 close";
  if (view.scale.is_logarithmic) words += ", logarithmic";
  const double per_column = static_cast<double>(run.size() - view.first) / static_cast<double>(kMostColumns);
  if (per_column > 1)
    words += fmt::format(" \u00b7 a column of {:.0f} bars: its range of prices, its commonest regime",
                         std::ceil(per_column));
  return words;
}

Figure figure_of(const RegimeRun& run, const FigureStyle& style, const View& view) {
  const auto ids = from(run.final_labels.ids, view);
  const RegimeShares shares = regime_shares(ids, static_cast<int>(style.regime_colors.size()));
  const Box plot{style.margin_left, style.head_height, kSheetWidth - style.margin_left - style.margin_right,
                 kPlotHeight};
  const Legend legend(regime_entries(shares, style), plot.width, style);
  const double legend_top = plot.bottom() + kStripHeight + kTimeAxisHeight + 8;
  return {legend_top + legend.height() + kFoot, [=, &run, &style](Canvas& canvas) {
            draw_head(canvas, style, view.title, subtitle_of(run, view));
            draw_plot(canvas, run, style, view, plot);
            legend.draw(canvas, plot.left, legend_top);
          }};
}

}  // namespace

std::optional<Figure> price_overlay(const RegimeRun& run, const FigureStyle& style) {
  const auto scale = scale_of({run.close});
  if (!scale) return std::nullopt;
  return figure_of(
      run, style,
      {.scale = *scale, .title = run_title(run, "regimes (final labels: describe, know the whole sample)")});
}

std::optional<Figure> recent_price_overlay(const RegimeRun& run, const FigureStyle& style,
                                           std::int64_t bar_count) {
  View view;
  view.first = std::max<std::int64_t>(0, run.size() - bar_count);
  if (run.close.empty() || !scale_of({from(run.close, view)})) return std::nullopt;
  view.has_candles = !run.open.empty() && !run.high.empty() && !run.low.empty();
  view.scale = view.has_candles ? *scale_of({from(run.open, view), from(run.high, view), from(run.low, view),
                                             from(run.close, view)})
                                : *scale_of({from(run.close, view)});
  view.title = run_title(
      run, fmt::format("regimes of the last {} bars (final labels: describe, know the whole sample)",
                       run.size() - view.first));
  return figure_of(run, style, view);
}

}  // namespace regimetry::report
