#include "report/figures/embedding_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "regimes/no_regime.hpp"
#include "report/figures/legend.hpp"
#include "report/figures/number_text.hpp"
#include "report/figures/run_title.hpp"

namespace regimetry::report {
namespace {

constexpr double kPlotHeight = 860, kRoom = 26, kFoot = 16, kAxisName = 30;
// Points are drawn in rounds, each through all regimes, so that no regime lies on top of all others.
constexpr std::size_t kRounds = 12;
constexpr std::int32_t kIdsPerMarker = 8;

struct MapPoint {
  Point place;
  std::int32_t id = 0;
};

Marker marker_of(std::int32_t id) {
  static constexpr std::array kMarkers = {Marker::kDot, Marker::kSquare, Marker::kTriangle, Marker::kDiamond};
  return id < 0 ? Marker::kCross : kMarkers[static_cast<std::size_t>(id / kIdsPerMarker) % kMarkers.size()];
}

Color color_of_mark(const FigureStyle& style, std::int32_t id) {
  return id < 0 ? style.muted : style.color_of_regime(id);
}

std::vector<MapPoint> finite_points(const RegimeRun& run, const PlacedMap& map) {
  std::vector<MapPoint> points;
  for (std::size_t i = 0; i < map.bars.size(); ++i) {
    if (!std::isfinite(map.x[i]) || !std::isfinite(map.y[i])) continue;
    points.push_back(
        {{map.x[i], map.y[i]},
         std::max(run.final_labels.ids.at(static_cast<std::size_t>(map.bars[i])), regimes::kNoRegime)});
  }
  return points;
}

// Moves the points into `plot`: centred, with one scale for both directions, y upwards.
void place_in(std::vector<MapPoint>& points, const Box& plot) {
  const auto [left, right] = std::ranges::minmax(points, {}, [](const MapPoint& p) { return p.place.x; });
  const auto [lowest, highest] = std::ranges::minmax(points, {}, [](const MapPoint& p) { return p.place.y; });
  const Point low{left.place.x, lowest.place.y}, high{right.place.x, highest.place.y};
  const double width = std::max(high.x - low.x, 1e-12), height = std::max(high.y - low.y, 1e-12);
  const double scale = std::min((plot.width - 2 * kRoom) / width, (plot.height - 2 * kRoom) / height);
  for (MapPoint& point : points) {
    point.place = {plot.left + plot.width / 2 + scale * (point.place.x - (low.x + high.x) / 2),
                   plot.top + plot.height / 2 - scale * (point.place.y - (low.y + high.y) / 2)};
  }
}

double marker_size(std::size_t point_count) {
  return point_count > 4000 ? 4.5 : point_count > 1000 ? 6 : 9;
}

void draw_points(Canvas& canvas, const FigureStyle& style, const std::vector<MapPoint>& points) {
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::map<std::int32_t, std::vector<Point>> places_of;
    for (std::size_t i = round; i < points.size(); i += kRounds)
      places_of[points[i].id].push_back(points[i].place);
    for (const auto& [id, places] : places_of)
      canvas.markers(places, marker_of(id), color_of_mark(style, id), marker_size(points.size()));
  }
}

std::string method_name(const std::string& method) {
  if (method == "pca") return "PCA";
  if (method == "tsne") return "t-SNE";
  return method == "umap" ? "UMAP" : method;
}

std::string title_of(const RegimeRun& run, const PlacedMap& map) {
  std::string what = method_name(map.method) + " map";
  if (map.trustworthiness) what += fmt::format(" (trustworthiness {:.2f})", *map.trustworthiness);
  return run_title(run, what);
}

std::string subtitle_of(const PlacedMap& map, std::size_t point_count) {
  std::string words =
      fmt::format("a point is a bar, near points are alike \u00b7 {} points \u00b7 final labels",
                  count_text(static_cast<std::int64_t>(point_count)));
  if (map.neighborhood_preservation)
    words += fmt::format(" \u00b7 {} of neighbours kept", percent_text(*map.neighborhood_preservation));
  if (!map.trustworthiness) words += " \u00b7 too few points to say how far to trust it";
  return words;
}

void draw_axis_names(Canvas& canvas, const FigureStyle& style, const PlacedMap& map, const Box& plot) {
  const bool is_pca = map.method == "pca";
  const double base = plot.bottom() + kAxisName - 8;
  canvas.text(
      is_pca ? "first principal component" : "distances between far groups mean little; axes have no unit",
      {plot.left + plot.width / 2, base}, style.small_text(Align::kCenter));
  if (!is_pca) return;
  canvas.text("second principal component", {plot.left - 10, plot.top + plot.height / 2},
              {style.small_size, style.muted, Align::kCenter, /*is_bold=*/false, /*reads_upwards=*/true});
}

}  // namespace

std::optional<Figure> embedding_map(const RegimeRun& run, const PlacedMap& map, const FigureStyle& style) {
  std::vector<MapPoint> points = finite_points(run, map);
  if (points.empty()) return std::nullopt;
  const double left = style.margin_right + 20;
  const Box plot{left, style.head_height, kSheetWidth - left - style.margin_right, kPlotHeight};
  place_in(points, plot);
  std::vector<std::int32_t> ids;
  for (const MapPoint& point : points) ids.push_back(point.id);
  const int count = static_cast<int>(style.regime_colors.size());
  std::vector<LegendEntry> entries = regime_entries(regime_shares(ids, count), style);
  for (LegendEntry& entry : entries) {
    entry.marker = marker_of(entry.id);
    entry.color = color_of_mark(style, entry.id);
  }
  const Legend legend(std::move(entries), plot.width, style);
  const double legend_top = plot.bottom() + kAxisName + 8;
  return Figure{legend_top + legend.height() + kFoot, [=, &map, &run, &style](Canvas& canvas) {
                  draw_head(canvas, style, title_of(run, map), subtitle_of(map, points.size()));
                  draw_points(canvas, style, points);
                  canvas.outline(plot, style.muted);
                  draw_axis_names(canvas, style, map, plot);
                  legend.draw(canvas, plot.left, legend_top);
                }};
}

}  // namespace regimetry::report
