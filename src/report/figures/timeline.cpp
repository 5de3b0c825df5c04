#include "report/figures/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "regimes/alignment/match_labels.hpp"
#include "report/figures/draw_axes.hpp"
#include "report/figures/legend.hpp"
#include "report/figures/regime_bands.hpp"
#include "report/figures/run_title.hpp"

namespace regimetry::report {
namespace {

constexpr double kNamesWidth = 230, kLaneHeight = 62, kLaneStep = 80, kFoot = 16;
constexpr std::int64_t kMostColumns = 1140;  // one per unit of the lanes' width

struct Lane {
  const Labelling* labels = nullptr;
  std::string name, remark;
  std::vector<Color> colors;  // by regime
};

std::vector<Color> true_colors(const RegimeRun& run, const FigureStyle& style) {
  const std::int32_t count = *std::ranges::max_element(run.truth.ids) + 1;
  std::vector<Color> colors;
  for (std::int32_t id = 0; id < count; ++id) {
    const double grey = 0.35 + 0.4 * id / count;
    colors.push_back({grey, grey, grey});
  }
  for (const auto& pair : regimes::match_labels(run.truth.ids, run.final_labels.ids).pairs)
    colors[static_cast<std::size_t>(pair.label)] = style.color_of_regime(pair.reference);
  return colors;
}

std::vector<Lane> lanes_of(const RegimeRun& run, const FigureStyle& style) {
  std::vector<Lane> lanes = {{&run.final_labels, "final", "knows the whole sample", style.regime_colors}};
  if (!run.asof_labels.empty())
    lanes.push_back({&run.asof_labels, "known at the time", "no look ahead", style.regime_colors});
  if (!run.truth.empty())
    lanes.push_back({&run.truth, "truth", "of the simulation", true_colors(run, style)});
  return lanes;
}

void draw_lane(Canvas& canvas, const FigureStyle& style, const Lane& lane, const Box& box) {
  const double name_right = box.left - 14, middle = box.top + box.height / 2;
  canvas.text(lane.name, {name_right, middle - 4}, style.text(Align::kRight));
  canvas.text(lane.remark, {name_right, middle + 18}, style.small_text(Align::kRight));
  draw_bands(canvas, regime_bands(lane.labels->ids, kMostColumns),
             static_cast<std::int64_t>(lane.labels->ids.size()), box,
             [&](std::int32_t id) { return lane.colors.at(static_cast<std::size_t>(id)); });
  canvas.outline(box, style.muted);
}

std::vector<LegendEntry> truth_entries(const RegimeRun& run, const std::vector<Color>& colors) {
  std::vector<LegendEntry> entries;
  for (std::size_t id = 0; id < colors.size(); ++id) {
    const bool occurs = std::find(run.truth.ids.begin(), run.truth.ids.end(),
                                  static_cast<std::int32_t>(id)) != run.truth.ids.end();
    if (!occurs) continue;
    const std::string name = id < run.truth_names.size() ? run.truth_names[id] : fmt::format("{}", id);
    entries.push_back({fmt::format("truth: {}", name), colors[id], std::nullopt});
  }
  return entries;
}

std::string subtitle_of(const RegimeRun& run) {
  std::string words = span_words(run);
  if (run.size() > kMostColumns) {
    words += fmt::format(" \u00b7 a column of {:.0f} bars has their commonest regime",
                         std::ceil(static_cast<double>(run.size()) / static_cast<double>(kMostColumns)));
  }
  return words;
}

}  // namespace

std::optional<Figure> timeline(const RegimeRun& run, const FigureStyle& style) {
  if (run.size() == 0) return std::nullopt;
  const std::vector<Lane> lanes = lanes_of(run, style);
  const double left = kNamesWidth, width = kSheetWidth - kNamesWidth - style.margin_right;
  const double lanes_bottom =
      style.head_height + static_cast<double>(lanes.size()) * kLaneStep - (kLaneStep - kLaneHeight);
  const auto shares = regime_shares(run.final_labels.ids, static_cast<int>(style.regime_colors.size()));
  const auto asof_shares = regime_shares(run.asof_labels.ids, static_cast<int>(style.regime_colors.size()));
  const Legend legend(regime_entries(shares, style, asof_shares.counts), width, style);
  const Legend truth_legend(
      run.truth.empty() ? std::vector<LegendEntry>{} : truth_entries(run, lanes.back().colors), width, style);
  const double legend_top = lanes_bottom + kTimeAxisHeight + 8;
  return Figure{legend_top + legend.height() + truth_legend.height() + kFoot,
                [=, &run, &style](Canvas& canvas) {
                  draw_head(canvas, style, run_title(run, "regimes over time"), subtitle_of(run));
                  Box box{left, style.head_height, width, kLaneHeight};
                  for (const Lane& lane : lanes) {
                    draw_lane(canvas, style, lane, box);
                    box.top += kLaneStep;
                  }
                  draw_time_axis(canvas, run.timestamps,
                                 {left, style.head_height, width, lanes_bottom - style.head_height}, style);
                  legend.draw(canvas, left, legend_top);
                  truth_legend.draw(canvas, left, legend_top + legend.height());
                }};
}

}  // namespace regimetry::report
