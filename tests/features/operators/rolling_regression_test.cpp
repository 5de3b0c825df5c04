#include "features/operators/rolling_regression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/portable_math.hpp"
#include "features/support/slow_walk.hpp"

namespace regimetry::features {
namespace {

TEST(RollingRegression, FitsALineByLeastSquares) {
  RollingRegression regression(3);
  regression.update(1, kMissing);
  EXPECT_TRUE(is_missing(regression.update(1, 1)[0]));
  const auto [slope, spread, residual] = regression.update(1, 2);  // heights 0, 1, 3
  EXPECT_DOUBLE_EQ(slope, 1.5);
  EXPECT_DOUBLE_EQ(spread, 42 / 9.0);
  EXPECT_NEAR(residual, 1 / 6.0, 1e-15);
  EXPECT_EQ(regression.warmup(), 1);  // after the first change
}

TEST(RollingRegression, IsExactlyZeroWhereNothingMoves) {
  RollingRegression regression(6);
  regression.update(1, kMissing);
  for (int i = 0; i < 4; ++i) regression.update(1, 0.1);
  std::array<double, 3> last{};
  for (int i = 0; i < 5; ++i) last = regression.update(1, 0);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(last, (std::array<double, 3>{0, 0, 0}));
    last = regression.update(1, 0);
  }
}

TEST(RollingRegression, StartsANewPathAfterAMissingPoint) {
  RollingRegression regression(4);
  for (int i = 0; i < 60; ++i) {
    const bool is_hole = i % 20 == 13;
    const double present = is_hole ? kMissing : 1;
    const double change = i == 0 || is_hole || i % 20 == 14 ? kMissing : 0.25;
    const auto values = regression.update(present, change);
    const bool is_in_window = i >= 13 && (i - 13) % 20 < 4;
    ASSERT_EQ(is_missing(values[0]), i < 3 || is_in_window) << i;
    if (!is_missing(values[0])) {
      ASSERT_DOUBLE_EQ(values[0], 0.25) << i;
      ASSERT_NEAR(values[2], 0, 1e-15) << i;
    }
  }
}

TEST(RollingRegression, KeepsItsDigitsOverAMillionPricesNearAMillion) {
  const std::vector<double> prices = testing::slow_walk(1'200'000, 4);
  for (const int period : {5, 20, 250}) {
    RollingRegression regression(period);
    for (int i = 0; i < static_cast<int>(prices.size()); ++i) {
      const auto bar = static_cast<std::size_t>(i);
      const double change = i == 0 ? kMissing : portable_log_ratio(prices[bar], prices[bar - 1]);
      const auto [slope, spread, residual] = regression.update(prices[bar], change);
      if (i < period || i % 997 != 0) continue;
      std::vector<long double> height;
      const long double first = prices[bar + 1 - static_cast<std::size_t>(period)];
      long double mean = 0;
      for (std::size_t k = bar + 1 - static_cast<std::size_t>(period); k <= bar; ++k) {
        height.push_back(std::log1p((prices[k] - first) / first));
        mean += height.back() / period;
      }
      long double time_square = 0, product = 0, square = 0;
      for (std::size_t k = 0; k < height.size(); ++k) {
        const long double time = static_cast<long double>(k) - (period - 1) / 2.0L;
        time_square += time * time;
        product += time * (height[k] - mean);
        square += (height[k] - mean) * (height[k] - mean);
      }
      const long double expected = product / time_square;
      // Heights reach 1e-8 times the root of the period. Each is the sum of up to `period` changes, which
      // bring two roundings apiece, and goes through two additions: 4 * period roundings at that size, and
      // none at the size of the price.
      const double height_size = 1e-8 * std::sqrt(period);
      const double tolerance = 4 * period * height_size * 1.2e-16;
      ASSERT_NEAR(slope, static_cast<double>(expected), tolerance / period) << i;
      ASSERT_NEAR(residual, static_cast<double>(height.back() - mean - expected * (period - 1) / 2.0L),
                  tolerance)
          << i;
      ASSERT_NEAR(spread, static_cast<double>(square), tolerance * period * height_size) << i;
    }
  }
}

}  // namespace
}  // namespace regimetry::features
