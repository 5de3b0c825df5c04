#include "features/operators/rolling_weighted_mean.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "features/support/slow_walk.hpp"

namespace regimetry::features {
namespace {

TEST(RollingWeightedMean, CountsEachValueByItsWeight) {
  RollingWeightedMean mean(3);
  mean.update(10, 1);
  EXPECT_TRUE(is_missing(mean.update(20, 3)));
  EXPECT_DOUBLE_EQ(mean.update(40, 0), 17.5);
  EXPECT_DOUBLE_EQ(mean.update(50, 1), 27.5);
}

TEST(RollingWeightedMean, IsThePlainMeanWhereNothingHasWeight) {
  RollingWeightedMean mean(2);
  mean.update(10, 5);
  mean.update(20, 0);
  EXPECT_DOUBLE_EQ(mean.update(40, 0), 30);
  EXPECT_DOUBLE_EQ(mean.update(80, 0), 60);
  EXPECT_DOUBLE_EQ(mean.update(80, 2), 80);
}

TEST(RollingWeightedMean, IsExactWhereNothingMoves) {
  RollingWeightedMean mean(5);
  for (int i = 0; i < 40; ++i) {
    const double value = mean.update(0.1, i % 3);
    if (i >= 4) {
      EXPECT_EQ(value, 0.1);
    }
  }
}

TEST(RollingWeightedMean, IsMissingWhileTheWindowHoldsAMissingValueOrWeight) {
  RollingWeightedMean mean(4);
  for (int i = 0; i < 40; ++i) {
    const double value = mean.update(i == 15 ? kMissing : 7, i == 24 ? kMissing : 2);
    const bool is_hole = (i >= 15 && i < 19) || (i >= 24 && i < 28);
    ASSERT_EQ(is_missing(value), i < 3 || is_hole) << i;
  }
}

TEST(RollingWeightedMean, KeepsItsDigitsOverAMillionPricesNearAMillion) {
  const std::vector<double> prices = testing::slow_walk(1'200'000, 2);
  for (const int period : {3, 20, 250}) {
    RollingWeightedMean mean(period);
    for (int i = 0; i < static_cast<int>(prices.size()); ++i) {
      const auto weight_of = [](int bar) { return static_cast<double>(bar % 7 * 1'000'003 % 911); };
      const double value = mean.update(prices[static_cast<std::size_t>(i)], weight_of(i));
      if (i < period || i % 997 != 0) continue;
      long double sum = 0, weights = 0;
      for (int bar = i - period + 1; bar <= i; ++bar) {
        sum += weight_of(bar) * static_cast<long double>(prices[static_cast<std::size_t>(bar)]);
        weights += weight_of(bar);
      }
      // One rounding of the result, half of 1.2e-10, and the small ones of sums over the spread.
      ASSERT_NEAR(value, static_cast<double>(sum / weights), 1.3e-10) << i;
    }
  }
}

}  // namespace
}  // namespace regimetry::features
