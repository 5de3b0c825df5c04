#include "features/operators/rolling_weighted_distance.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(RollingWeightedDistance, OfTwoValuesByHand) {
  RollingWeightedDistance mean(2);
  EXPECT_TRUE(is_missing(mean.update(10, 1)[0]));
  EXPECT_EQ(mean.update(20, 3), (std::array{15.0, 2.5}));  // (10 + 60) / 4
  EXPECT_EQ(mean.update(20, 9), (std::array{20.0, 0.0}));  // equal values have one mean
  EXPECT_EQ(mean.update(10, 0), (std::array{15.0, 5.0}));  // only the 20 weighs
  EXPECT_EQ(mean.update(30, 0), (std::array{20.0, 0.0}));  // nothing weighs
  EXPECT_EQ(mean.update(30, 0)[0], 30.0);
}

TEST(RollingWeightedDistance, IsMissingWhileAValueOrAWeightIs) {
  RollingWeightedDistance mean(3);
  for (int i = 0; i < 7; ++i) mean.update(5 + i, 1);
  EXPECT_TRUE(is_missing(mean.update(5, kMissing)[1]));
  EXPECT_TRUE(is_missing(mean.update(kMissing, 1)[0]));
  EXPECT_TRUE(is_missing(mean.update(6, 1)[1]));
  EXPECT_TRUE(is_missing(mean.update(6, 1)[1]));
  EXPECT_EQ(mean.update(6, 1), (std::array{6.0, 0.0}));
}

TEST(RollingWeightedDistance, KeepsItsDigitsOverAMillionBarsAtAPriceOfAMillion) {
  const std::vector<double> prices = testing::walk_in_cents_at_a_million(1'000'000, 7);
  for (const std::size_t bars : {20U, 500U}) {
    RollingWeightedDistance mean(static_cast<int>(bars));
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

TEST(RollingWeightedDistance, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<RollingWeightedDistance>(
      RollingWeightedDistance(20),
      [](RollingWeightedDistance& op, int i) { return op.update(0.1 * (i * i % 17), i % 5)[1]; });
}

}  // namespace
}  // namespace regimetry::features
