#include "features/operators/mean_absolute_deviation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "features/operators/rolling_moments.hpp"
#include "features/support/slow_walk.hpp"

namespace regimetry::features {
namespace {

TEST(MeanAbsoluteDeviation, IsTheMeanDistanceFromTheMiddle) {
  MeanAbsoluteDeviation deviation(3);
  deviation.update(1, kMissing);
  EXPECT_TRUE(is_missing(deviation.update(2, kMissing)));
  EXPECT_DOUBLE_EQ(deviation.update(6, 3), (2 + 1 + 3) / 3.0);
  EXPECT_DOUBLE_EQ(deviation.update(4, 4), (2 + 2 + 0) / 3.0);
}

TEST(MeanAbsoluteDeviation, HoldsAnyNumberOfValues) {  // around whole numbers of lanes
  for (const int period : {1, 7, 8, 9, 16, 17, 100}) {
    MeanAbsoluteDeviation deviation(period);
    for (int i = 0; i < 3 * period; ++i) {
      const double value = deviation.update(i % 2 == 0 ? 1 : -1, 0);
      if (i >= period - 1) {
        EXPECT_NEAR(value, 1, 1e-15) << period;
      }
    }
  }
}

TEST(MeanAbsoluteDeviation, IsMissingWhileTheWindowHoldsAMissingValue) {
  MeanAbsoluteDeviation deviation(5);
  for (int i = 0; i < 30; ++i)
    ASSERT_EQ(is_missing(deviation.update(i == 12 ? kMissing : 3, 1)), i < 4 || (i >= 12 && i < 17)) << i;
}

TEST(MeanAbsoluteDeviation, KeepsItsDigitsOverAMillionPricesNearAMillion) {
  const std::vector<double> prices = testing::slow_walk(1'200'000, 3);
  constexpr int kPeriod = 20;
  RollingMoments moments(kPeriod);
  MeanAbsoluteDeviation deviation(kPeriod);
  for (int i = 0; i < static_cast<int>(prices.size()); ++i) {
    const double price = prices[static_cast<std::size_t>(i)];
    const double value = deviation.update(price, moments.update(price)[0]);
    if (i < kPeriod || i % 997 != 0) continue;
    long double mean = 0, expected = 0;
    for (int bar = i - kPeriod + 1; bar <= i; ++bar) mean += prices[static_cast<std::size_t>(bar)];
    mean /= kPeriod;
    for (int bar = i - kPeriod + 1; bar <= i; ++bar)
      expected += std::abs(prices[static_cast<std::size_t>(bar)] - mean) / kPeriod;
    // The middle is rounded by up to half of 1.2e-10; deviations are near 2e-2.
    ASSERT_NEAR(value, static_cast<double>(expected), 6e-11) << i;
  }
}

}  // namespace
}  // namespace regimetry::features
