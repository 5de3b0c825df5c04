#include "report/figures/draw_axes.hpp"

#include <gtest/gtest.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"

namespace regimetry::report {
namespace {

constexpr Box kPlot{200, 50, 1000, 300};

TEST(DrawAxes, HighValuesStandAbove) {
  const ValueScale scale{0, 10, false};
  EXPECT_DOUBLE_EQ(value_y(scale, 0, kPlot), 350);
  EXPECT_DOUBLE_EQ(value_y(scale, 10, kPlot), 50);
  EXPECT_DOUBLE_EQ(value_y(scale, 4, kPlot), 230);
}

TEST(DrawAxes, ValuesHaveALineAndALabelAtTheirHeight) {
  const FigureStyle style = make_figure_style("regimetry", 1);
  Canvas canvas(FigureFormat::kPng, 1400, 400);
  draw_value_axis(canvas, {0, 10, false}, kPlot, style);
  const DecodedPng png(canvas.finish());
  const std::string grid = hex_of(style.grid);
  EXPECT_GT(png.count(grid, {600, 228, 10, 4}), 10);  // at 4
  EXPECT_EQ(png.count(grid, {600, 212, 10, 6}), 0);   // between 4 and 5
  EXPECT_TRUE(png.has_ink({150, 220, 45, 20}));
  EXPECT_FALSE(png.has_ink({150, 208, 45, 8}));
}

TEST(DrawAxes, TimesAreLabelledBelowThePlotAndStayOnTheSheet) {
  const FigureStyle style = make_figure_style("regimetry", 1);
  // The second day is the last bar: its label would leave the sheet if it stood in the middle below its mark.
  RegimeRun run = run_of(spells(40, 40, 1));
  for (std::size_t i = 0; i < 40; ++i)
    run.timestamps[i] = run.timestamps[0] + static_cast<std::int64_t>(i) * kNsPerMinute;
  run.timestamps.back() += kNsPerDay;
  Canvas canvas(FigureFormat::kPng, 1400, 400);
  const Box wide{200, 50, kSheetWidth - 230, 300};
  draw_time_axis(canvas, run.timestamps, wide, style);
  const DecodedPng png(canvas.finish());
  EXPECT_TRUE(png.has_ink({200, 358, 1200, 30}));
  EXPECT_FALSE(png.has_ink({wide.right() + 22, 340, 6, 60}));
  EXPECT_FALSE(png.has_ink({0, 0, 1400, 348}));
}

}  // namespace
}  // namespace regimetry::report
