#include "features/operators/rolling_path_slope.hpp"

#include "features/support/operator_checks.hpp"
#include "features/support/plain_series.hpp"

namespace regimetry::features {
namespace {

TEST(RollingPathSlope, IsTheStepOfAStraightLine) {
  for (const int points : {2, 3, 20}) {
    RollingPathSlope slope(points);
    for (int i = 0; i < 3 * points; ++i) {
      const double value = slope.update(0.25);
      if (i < points - 2) {
        EXPECT_TRUE(is_missing(value));
      } else {
        EXPECT_NEAR(value, 0.25, 1e-15) << points;
      }
    }
  }
}

TEST(RollingPathSlope, OfThreePointsIsHalfTheWayBetweenTheOuterOnes) {
  RollingPathSlope slope(3);
  slope.update(1);
  EXPECT_DOUBLE_EQ(slope.update(5), 3);
  EXPECT_DOUBLE_EQ(slope.update(-2), 1.5);
}

TEST(RollingPathSlope, IsExactlyZeroWhenNothingMoves) {
  RollingPathSlope slope(10);
  for (int i = 0; i < 23; ++i) slope.update(i == 4 ? 0.7 : 0);
  EXPECT_EQ(slope.update(0), 0.0);
}

TEST(RollingPathSlope, IsMissingWhileAMissingStepIsInTheWindowAndThenBack) {
  RollingPathSlope slope(5);
  for (int i = 0; i < 11; ++i) slope.update(1);
  EXPECT_TRUE(is_missing(slope.update(kMissing)));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(is_missing(slope.update(1)));
  EXPECT_NEAR(slope.update(1), 1, 1e-15);
}

TEST(RollingPathSlope, KeepsItsDigitsOverAMillionBarsAtAPriceOfAMillion) {
  const std::vector<double> prices = testing::walk_in_cents_at_a_million(1'000'000, 5);
  for (const int points : {20, 500}) {
    RollingPathSlope slope(points);
    double worst = 0;
    for (std::size_t i = 1; i < prices.size(); ++i) {
      const double value = slope.update(prices[i] - prices[i - 1]);
      if (i % 9'973 != 0) continue;
      const testing::Plain window(prices.begin() + static_cast<std::ptrdiff_t>(i) + 1 - points,
                                  prices.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      const auto exact = static_cast<double>(testing::plain_slope(window, points).back());
      worst = std::max(worst, std::abs(value - exact));
    }
    // Steps are a cent. The three weighted sums that make up the slope are each some ten times what they come
    // to, and each adds up to `points` roundings.
    EXPECT_LT(worst, 0x1p-53 * 10 * points * 1e-2) << points;
  }
}

TEST(RollingPathSlope, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<RollingPathSlope>(
      RollingPathSlope(20), [](RollingPathSlope& op, int i) { return op.update(0.1 * (i * i % 17) - 0.7); });
}

}  // namespace
}  // namespace regimetry::features
