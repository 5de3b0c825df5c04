#include "features/operators/rolling_weighted_mean.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "features/support/operator_checks.hpp"
#include "features/support/slow_walk.hpp"

namespace regimetry::features {
namespace {

double weighted(RollingWeightedMean& mean, double value, double weight) {
  const auto [plain, away] = mean.update(value, weight);
  return plain + away;
}

TEST(RollingWeightedMean, CountsEachValueByItsWeight) {
  RollingWeightedMean mean(3);
  weighted(mean, 10, 1);
  EXPECT_TRUE(is_missing(weighted(mean, 20, 3)));
  EXPECT_DOUBLE_EQ(weighted(mean, 40, 0), 17.5);
  EXPECT_DOUBLE_EQ(weighted(mean, 50, 1), 27.5);
}

TEST(RollingWeightedMean, IsThePlainMeanWhereNothingHasWeight) {
  RollingWeightedMean mean(2);
  weighted(mean, 10, 5);
  weighted(mean, 20, 0);
  EXPECT_DOUBLE_EQ(weighted(mean, 40, 0), 30);
  EXPECT_DOUBLE_EQ(weighted(mean, 80, 0), 60);
  EXPECT_DOUBLE_EQ(weighted(mean, 80, 2), 80);
}

TEST(RollingWeightedMean, IsExactWhereNothingMoves) {
  RollingWeightedMean mean(5);
  for (int i = 0; i < 40; ++i) {
    const double value = weighted(mean, 0.1, i % 3);
    if (i >= 4) {
      EXPECT_EQ(value, 0.1);
    }
  }
}

TEST(RollingWeightedMean, IsMissingWhileTheWindowHoldsAMissingValueOrWeight) {
  RollingWeightedMean mean(4);
  for (int i = 0; i < 40; ++i) {
    const double value = weighted(mean, i == 15 ? kMissing : 7, i == 24 ? kMissing : 2);
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
      const double value = weighted(mean, prices[static_cast<std::size_t>(i)], weight_of(i));
      if (i < period || i % 997 != 0) continue;
      long double sum = 0, weights = 0;
      for (int bar = i - period + 1; bar <= i; ++bar) {
        sum += weight_of(bar) * static_cast<long double>(prices[static_cast<std::size_t>(bar)]);
        weights += weight_of(bar);
      }
      // Two roundings at a million, of the plain mean and of the sum, half of 1.2e-10 each, and the small
      // ones of sums over the spread.
      ASSERT_NEAR(value, static_cast<double>(sum / weights), 1.9e-10) << i;
    }
  }
}

TEST(RollingWeightedMean, OfTwoValuesByHand) {
  RollingWeightedMean mean(2);
  EXPECT_TRUE(is_missing(mean.update(10, 1)[0]));
  EXPECT_EQ(mean.update(20, 3), (std::array{15.0, 2.5}));  // (10 + 60) / 4
  EXPECT_EQ(mean.update(20, 9), (std::array{20.0, 0.0}));  // equal values have one mean
  EXPECT_EQ(mean.update(10, 0), (std::array{15.0, 5.0}));  // only the 20 weighs
  EXPECT_EQ(mean.update(30, 0), (std::array{20.0, 0.0}));  // nothing weighs
  EXPECT_EQ(mean.update(30, 0)[0], 30.0);
}

TEST(RollingWeightedMean, GivesNeitherMeanWhileAValueOrAWeightIsMissing) {
  RollingWeightedMean mean(3);
  for (int i = 0; i < 7; ++i) mean.update(5 + i, 1);
  EXPECT_TRUE(is_missing(mean.update(5, kMissing)[1]));
  EXPECT_TRUE(is_missing(mean.update(kMissing, 1)[0]));
  EXPECT_TRUE(is_missing(mean.update(6, 1)[1]));
  EXPECT_TRUE(is_missing(mean.update(6, 1)[1]));
  EXPECT_EQ(mean.update(6, 1), (std::array{6.0, 0.0}));
}

TEST(RollingWeightedMean, KeepsTheDigitsOfTheDistanceOverAMillionBarsAtAPriceOfAMillion) {
  const std::vector<double> prices = testing::walk_in_cents_at_a_million(1'000'000, 7);
  for (const std::size_t bars : {20U, 500U}) {
    RollingWeightedMean mean(static_cast<int>(bars));
    const auto weight = [](std::size_t i) { return static_cast<double>(i * i % 1'013); };
    for (std::size_t i = 0; i < prices.size(); ++i) {
      const double distance = mean.update(prices[i], weight(i))[1];
      if (i < bars || i % 9'973 != 0) continue;
      long double values = 0, weights = 0, products = 0;
      for (std::size_t j = i + 1 - bars; j <= i; ++j) {
        values += prices[j] - prices[i];
        weights += weight(j);
        products += weight(j) * static_cast<long double>(prices[j] - prices[i]);
      }
      // Distances from the anchor are below half a unit and add up in a few hundred roundings.
      ASSERT_NEAR(distance, static_cast<double>(products / weights - values / bars), 1e-14)
          << bars << " " << i;
    }
  }
}

TEST(RollingWeightedMean, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<RollingWeightedMean>(
      RollingWeightedMean(20),
      [](RollingWeightedMean& op, int i) { return op.update(0.1 * (i * i % 17), i % 5)[1]; });
}

}  // namespace
}  // namespace regimetry::features
