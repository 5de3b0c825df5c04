#include "report/figures/axis.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace regimetry::report {
namespace {

std::vector<std::string> labels_of(const std::vector<Tick>& ticks) {
  std::vector<std::string> labels;
  for (const Tick& tick : ticks) labels.push_back(tick.label);
  return labels;
}

// 1, 2 or 5 times a power of ten.
bool is_round(double step) {
  const double factor = step / std::pow(10.0, std::floor(std::log10(step * (1 + 1e-9))));
  for (const double nice : {1.0, 2.0, 5.0, 10.0}) {
    if (std::abs(factor - nice) < 1e-6) return true;
  }
  return false;
}

TEST(Axis, MarksStandAtRoundValues) {
  EXPECT_THAT(labels_of(ticks_of({0, 10, false}, 6)), testing::ElementsAre("0", "2", "4", "6", "8", "10"));
  EXPECT_THAT(labels_of(ticks_of({1.03, 1.21, false}, 5)),
              testing::ElementsAre("1.05", "1.10", "1.15", "1.20"));
  EXPECT_THAT(labels_of(ticks_of({-1, 1, false}, 5)),
              testing::ElementsAre("-1.0", "-0.5", "0.0", "0.5", "1.0"));
  EXPECT_THAT(labels_of(ticks_of({9000, 12500, false}, 4)),
              testing::ElementsAre("9,000", "10,000", "11,000", "12,000"));
}

TEST(Axis, LinearMarksAreEvenFewAndCoverTheRange) {
  for (const double low : {-3.7, 0.0, 0.00012, 1.07, 28'000.0}) {
    for (const double width : {0.003, 1.0, 7.7, 12'345.0}) {
      for (const int most : {4, 9}) {
        const std::vector<Tick> ticks = ticks_of({low, low + width, false}, most);
        ASSERT_GE(ticks.size(), 2U) << low << ' ' << width;
        ASSERT_LE(static_cast<int>(ticks.size()), most);
        const double step = ticks[1].value - ticks[0].value;
        EXPECT_TRUE(is_round(step)) << step;
        EXPECT_GE(ticks.front().value, low - 1e-9 * width);
        EXPECT_LE(ticks.back().value, low + width * (1 + 1e-9));
        EXPECT_LT(ticks.front().value - low, step) << "a mark is missing at the foot";
        EXPECT_LT(low + width - ticks.back().value, step) << "a mark is missing at the top";
      }
    }
  }
}

TEST(Axis, LogarithmicMarksThinOutWithTheNumberOfPowers) {
  EXPECT_THAT(labels_of(ticks_of({0.9, 110, true}, 9)),
              testing::ElementsAre("1", "2", "5", "10", "20", "50", "100"));
  EXPECT_THAT(labels_of(ticks_of({0.9, 4000, true}, 9)),
              testing::ElementsAre("1", "3", "10", "30", "100", "300", "1,000", "3,000"));
  EXPECT_THAT(labels_of(ticks_of({0.9, 2e6, true}, 9)),
              testing::ElementsAre("1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"));
  EXPECT_LE(ticks_of({1e-9, 1e9, true}, 9).size(), 9U);
  EXPECT_GE(ticks_of({1e-9, 1e9, true}, 9).size(), 3U);
}

TEST(Axis, WithFewRoundPowersLogarithmicMarksAreEvenSteps) {
  const std::vector<Tick> ticks = ticks_of({21, 49, true}, 9);
  ASSERT_GE(ticks.size(), 3U);
  EXPECT_DOUBLE_EQ(ticks[1].value - ticks[0].value, 5);
}

TEST(Axis, EqualRatiosAreEqualStepsOnALogarithmicScale) {
  const ValueScale scale{1, 100, true};
  EXPECT_NEAR(scale.place(10), 0.5, 1e-12);
  EXPECT_DOUBLE_EQ((ValueScale{1, 5, false}).place(3), 0.5);
}

TEST(Axis, IsLogarithmicWhenPricesManyfold) {
  EXPECT_FALSE(scale_around(1, 5).is_logarithmic);
  EXPECT_TRUE(scale_around(1, 5.1).is_logarithmic);
  EXPECT_FALSE(scale_around(0, 100).is_logarithmic);
  EXPECT_FALSE(scale_around(-37, 100).is_logarithmic);
}

TEST(Axis, LeavesRoomAndGivesAFlatSeriesARange) {
  const ValueScale linear = scale_around(10, 20);
  EXPECT_DOUBLE_EQ(linear.low, 9.5);
  EXPECT_DOUBLE_EQ(linear.high, 20.5);
  for (const double level : {0.0, 1.25, -4.0, 1e6}) {
    const ValueScale flat = scale_around(level, level);
    EXPECT_LT(flat.low, level);
    EXPECT_GT(flat.high, level);
    EXPECT_DOUBLE_EQ(flat.place(level), 0.5);
  }
}

}  // namespace
}  // namespace regimetry::report
