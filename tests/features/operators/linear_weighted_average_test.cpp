#include "features/operators/linear_weighted_average.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "features/support/slow_walk.hpp"

namespace regimetry::features {
namespace {

TEST(LinearWeightedAverage, IsExactWhereNothingMoves) {
  LinearWeightedAverage average(7);
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(is_missing(average.update(0.1)));
  for (int i = 0; i < 30; ++i) EXPECT_EQ(average.update(0.1), 0.1);
}

TEST(LinearWeightedAverage, IsMissingWhileTheWindowHoldsAMissingValue) {
  LinearWeightedAverage average(4);
  for (int i = 0; i < 40; ++i) {
    const double value = average.update(i == 13 || i == 23 ? kMissing : i);
    const bool is_hole = (i >= 13 && i < 17) || (i >= 23 && i < 27);
    ASSERT_EQ(is_missing(value), i < 3 || is_hole) << i;
    if (is_missing(value)) continue;
    ASSERT_DOUBLE_EQ(value, i - 1.0);  // a ramp, whose weighted mean lags by (n - 1) / 3
  }
}

TEST(LinearWeightedAverage, KeepsItsDigitsOverAMillionPricesNearAMillion) {
  const std::vector<double> prices = testing::slow_walk(1'200'000, 1);
  for (const int period : {5, 20, 250}) {
    LinearWeightedAverage average(period);
    for (int i = 0; i < static_cast<int>(prices.size()); ++i) {
      const double value = average.update(prices[static_cast<std::size_t>(i)]);
      if (i < period || i % 997 != 0) continue;
      long double sum = 0, weights = 0;
      for (int back = 0; back < period; ++back) {
        sum += (period - back) * static_cast<long double>(prices[static_cast<std::size_t>(i - back)]);
        weights += period - back;
      }
      // One rounding of the result, half of 1.2e-10, and the small ones of sums over the spread.
      ASSERT_NEAR(value, static_cast<double>(sum / weights), 1.3e-10) << i;
    }
  }
}

}  // namespace
}  // namespace regimetry::features
