#include "report/figures/regime_bands.hpp"

#include <gtest/gtest.h>

#include "report/figures/decoded_png.hpp"
#include "report/figures/example_run.hpp"

namespace regimetry::report {
namespace {

TEST(RegimeBands, JoinsNeighboursAndLeavesOutBarsWithoutARegime) {
  const auto bands = regime_bands(std::vector<std::int32_t>{-1, 2, 2, 0, -1, -7, 0}, 100);
  ASSERT_EQ(bands.size(), 3U);
  EXPECT_EQ(bands[0].id, 2);
  EXPECT_EQ(bands[0].begin, 1);
  EXPECT_EQ(bands[0].end, 3);
  EXPECT_EQ(bands[1].id, 0);
  EXPECT_EQ(bands[1].end, 4);
  EXPECT_EQ(bands[2].begin, 6);
  EXPECT_TRUE(regime_bands({}, 100).empty());
}

TEST(RegimeBands, AColumnTakesItsCommonestRegime) {
  // Three columns of four bars: mostly 1; a tie of 0 and 2; mostly none, under two negative numbers.
  const auto bands = regime_bands(std::vector<std::int32_t>{1, 1, 0, 1, 2, 2, 0, 0, -1, -2, 5, 5}, 3);
  ASSERT_EQ(bands.size(), 2U);
  EXPECT_EQ(bands[0].id, 1);
  EXPECT_EQ(bands[0].end, 4);
  EXPECT_EQ(bands[1].id, 0);
  EXPECT_EQ(bands[1].end, 8);
}

TEST(RegimeBands, NeverExceedsItsColumns) {
  EXPECT_LE(regime_bands(spells(100'000, 1, 7), 500).size(), 500U);
}

TEST(RegimeBands, CoversTheBoxOfItsBars) {
  const auto bands = regime_bands(spells(20, 10, 2), 100);
  Canvas canvas(FigureFormat::kPng, 1400, 100);
  draw_bands(canvas, bands, 20, {100, 0, 1000, 50}, [](std::int32_t id) {
    return id == 0 ? Color{1, 0, 0} : Color{0, 0, 1};
  });
  const DecodedPng png(canvas.finish());
  EXPECT_EQ(png.at(101, 25), "#ff0000");
  EXPECT_EQ(png.at(599, 25), "#ff0000");
  EXPECT_EQ(png.at(601, 25), "#0000ff");
  EXPECT_EQ(png.at(1099, 25), "#0000ff");
  EXPECT_EQ(png.at(1101, 25), "#ffffff");
  EXPECT_EQ(png.at(601, 51), "#ffffff");
}

}  // namespace
}  // namespace regimetry::report
