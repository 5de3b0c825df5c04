#include "report/figures/timeline.hpp"

#include <gmock/gmock.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"
#include "report/figures/regime_shares.hpp"
#include "report/figures/svg_text.hpp"

namespace regimetry::report {
namespace {

constexpr double kLeft = 230, kWidth = 1140, kLaneStep = 80;

std::string color_in_lane(const DecodedPng& png, int lane, double bar, double bar_count) {
  return png.at(kLeft + bar / bar_count * kWidth, 88 + 31 + lane * kLaneStep);
}

DecodedPng picture(const RegimeRun& run, const FigureStyle& style) {
  return DecodedPng(render(timeline(run, style).value(), FigureFormat::kPng, 1400));
}

TEST(Timeline, EachLaneHasTheColorsOfItsLabels) {
  RegimeRun run = run_of(spells(100, 50, 2));
  run.asof_labels.ids = spells(100, 50, 2);
  std::fill_n(run.asof_labels.ids.begin(), 20, -1);
  std::fill_n(run.asof_labels.ids.begin() + 50, 10, 0);  // known later
  const FigureStyle style = make_figure_style("regimetry", 2);
  const DecodedPng png = picture(run, style);
  const std::string zero = hex_of(style.regime_colors[0]), one = hex_of(style.regime_colors[1]);
  EXPECT_EQ(color_in_lane(png, 0, 10, 100), zero);
  EXPECT_EQ(color_in_lane(png, 0, 55, 100), one);
  EXPECT_EQ(color_in_lane(png, 1, 10, 100), "#ffffff");
  EXPECT_EQ(color_in_lane(png, 1, 55, 100), zero);
  EXPECT_EQ(color_in_lane(png, 1, 65, 100), one);
}

TEST(Timeline, LanesThatTheRunLacksAreLeftOut) {
  RegimeRun run = run_of(spells(100, 50, 2));
  const FigureStyle style = make_figure_style("regimetry", 2);
  const double alone = timeline(run, style)->height;
  run.asof_labels.ids = run.final_labels.ids;
  EXPECT_DOUBLE_EQ(timeline(run, style)->height, alone + kLaneStep);
  EXPECT_FALSE(timeline(run_of({}), style));
}

TEST(Timeline, ATrueRegimeHasTheColorOfItsMatch) {
  RegimeRun run = run_of(spells(90, 30, 2));  // 0, 1, 0
  run.truth.ids = std::vector<std::int32_t>(90, 1);
  std::fill_n(run.truth.ids.begin() + 30, 30, 0);  // the other way round
  std::fill_n(run.truth.ids.begin() + 80, 10, 2);  // and one that was not found
  const FigureStyle style = make_figure_style("regimetry", 2);
  const DecodedPng png = picture(run, style);
  EXPECT_EQ(color_in_lane(png, 1, 10, 90), hex_of(style.regime_colors[0]));
  EXPECT_EQ(color_in_lane(png, 1, 45, 90), hex_of(style.regime_colors[1]));
  const std::string grey = color_in_lane(png, 1, 85, 90);
  EXPECT_EQ(grey.substr(1, 2), grey.substr(3, 2));
  EXPECT_NE(grey, "#ffffff");
}

TEST(Timeline, ManyBarsInThreeLanesStayASmallFile) {
  RegimeRun run = run_of(spells(100'000, 7, 6), kNsPerHour);
  run.asof_labels.ids = spells(100'000, 11, 6);
  run.truth.ids = spells(100'000, 13, 5);
  const std::string svg = render(*timeline(run, make_figure_style("tab20", 6)), FigureFormat::kSvg, 1400);
  EXPECT_LT(svg.size(), 400'000U);
  EXPECT_EQ(xml_problem(svg), "");
}

TEST(Timeline, DrawsLabelsThatAreAllMissing) {
  const RegimeRun run = run_of({-1, -1, -1});
  EXPECT_EQ(color_in_lane(picture(run, make_figure_style("regimetry", 0)), 0, 1.5, 3), "#ffffff");
}

}  // namespace
}  // namespace regimetry::report
