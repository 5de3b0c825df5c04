#include "features/operators/rolling_mean.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"

namespace regimetry::features {
namespace {

TEST(RollingMean, IsTheMeanOfTheLastValues) {
  RollingMean mean(4);
  for (const double x : {2.0, 4.0, 4.0}) EXPECT_TRUE(std::isnan(mean.update(x)));
  EXPECT_EQ(mean.update(6), 4.0);
  EXPECT_EQ(mean.update(2), 4.0);
  EXPECT_TRUE(std::isnan(mean.update(kMissing)));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(std::isnan(mean.update(1)));
  EXPECT_EQ(mean.update(1), 1.0);
}

TEST(RollingMean, KeepsItsAccuracyOverTenMillionBarsOfCentsOnAMillion) {
  long double worst = 0;
  testing::run_cent_walk(RollingMean(20), 10'000'000, 20, [&](double mean, const testing::LastValues& last) {
    const long double exact = testing::mean_of(last.get());
    worst = std::max(worst, std::abs(mean - exact) / exact);
  });
  // An anchor plus a small distance: one rounding, and those of the distance.
  EXPECT_LT(worst, 2 * std::numeric_limits<double>::epsilon());
}

}  // namespace
}  // namespace regimetry::features
