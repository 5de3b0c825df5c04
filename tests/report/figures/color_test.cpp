#include "report/figures/color.hpp"

#include <gtest/gtest.h>

namespace regimetry::report {
namespace {

TEST(Color, ReadsHexDigits) {
  EXPECT_EQ(color_of("#ff0033"), (Color{1, 0, 0.2}));
}

TEST(Color, TintsTowardsWhite) {
  EXPECT_EQ(tint({1, 0, 0}, 0.25), (Color{1, 0.75, 0.75}));
  EXPECT_EQ(tint({0.2, 0.4, 0.6}, 0), (Color{1, 1, 1}));
}

TEST(Color, ShadesGetDarkerAllTheWay) {
  EXPECT_EQ(blue_shade(0), (Color{1, 1, 1}));
  EXPECT_EQ(blue_shade(1), color_of("#08306b"));
  double before = 3;
  for (int step = 1; step <= 100; ++step) {
    const Color shade = blue_shade(step / 100.0);
    const double sum = shade.red + shade.green + shade.blue;
    EXPECT_LT(sum, before) << step;
    before = sum;
  }
}

TEST(Color, KnowsWhereWhiteLettersAreNeeded) {
  EXPECT_TRUE(is_dark(blue_shade(1)));
  EXPECT_FALSE(is_dark(blue_shade(0.2)));
}

}  // namespace
}  // namespace regimetry::report
