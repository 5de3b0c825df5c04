#include "report/regime_title.hpp"

#include <gtest/gtest.h>

namespace regimetry::report {
namespace {

std::string title(double ratio, double mean_in_errors, std::int64_t bars = 400) {
  RegimeBehaviour behaviour;
  behaviour.bars = bars;
  behaviour.usual_deviation = 0.01;
  behaviour.deviation = ratio * 0.01;
  behaviour.mean = mean_in_errors * ratio * 0.01 / 20;  // sqrt(400) = 20
  return regime_title(3, behaviour);
}

TEST(RegimeTitle, SaysHowFarPricesMovedAgainstTheUsual) {
  EXPECT_EQ(title(0.5, 0), "very calm");
  EXPECT_EQ(title(0.8, 0), "calm");
  EXPECT_EQ(title(1.0, 0), "usual");
  EXPECT_EQ(title(1.5, 0), "lively");
  EXPECT_EQ(title(2.5, 0), "stormy");
}

TEST(RegimeTitle, SaysWhichWayOnlyWhereThatIsClear) {
  EXPECT_EQ(title(0.8, 1.9), "calm");
  EXPECT_EQ(title(0.8, 2.1), "calm, rising");
  EXPECT_EQ(title(2.5, -2.1), "stormy, falling");
}

TEST(RegimeTitle, FallsBackOnTheNumber) {
  EXPECT_EQ(regime_title(3, {}), "regime 3");
}

}  // namespace
}  // namespace regimetry::report
