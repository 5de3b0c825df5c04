#include "features/operators/bars_since_extreme.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

TEST(BarsSinceExtreme, CountsFromTheExtremeOfTheLastN) {
  BarsSinceMaximum since_high(3);
  BarsSinceMinimum since_low(3);
  for (const double x : {5.0, 1.0}) {
    EXPECT_TRUE(std::isnan(since_high.update(x)));
    EXPECT_TRUE(std::isnan(since_low.update(x)));
  }
  const std::vector<std::array<double, 3>> rows = {{2, 2, 1}, {0, 1, 0}, {3, 0, 1}, {2, 1, 2}, {1, 2, 0}};
  for (const auto& [x, high, low] : rows) {
    EXPECT_EQ(since_high.update(x), high) << x;
    EXPECT_EQ(since_low.update(x), low) << x;
  }
}

TEST(BarsSinceExtreme, OfEqualExtremesTheLatestCounts) {
  BarsSinceMaximum since_high(4);
  BarsSinceMinimum since_low(4);
  for (int i = 0; i < 30; ++i) {
    const double high = since_high.update(i % 2), low = since_low.update(i % 2);
    if (i < 3) continue;
    EXPECT_EQ(high, i % 2 == 1 ? 0.0 : 1.0) << i;
    EXPECT_EQ(low, i % 2 == 0 ? 0.0 : 1.0) << i;
  }
}

TEST(BarsSinceExtreme, IsExactOverMillionsOfBars) {
  for (const int n : {1, 2, 20, 252}) {
    testing::CentWalk walk;
    BarsSinceMaximum since_high(n);
    BarsSinceMinimum since_low(n);
    std::vector<double> prices;
    std::int64_t wrong = 0;
    for (int i = 0; i < 1'500'000; ++i) {
      prices.push_back(walk.next());
      const double high = since_high.update(prices.back()), low = since_low.update(prices.back());
      if (i < n || !walk.is_checkpoint()) continue;
      int expected_high = 0, expected_low = 0;
      const double* const now = &prices.back();
      for (int age = 1; age < n; ++age) {
        if (now[-age] > now[-expected_high]) expected_high = age;
        if (now[-age] < now[-expected_low]) expected_low = age;
      }
      wrong += high != expected_high;
      wrong += low != expected_low;
    }
    EXPECT_EQ(wrong, 0) << n;
  }
}

TEST(BarsSinceExtreme, IsMissingWhileAMissingValueIsInside) {
  for (const int n : {1, 2, 5, 8}) {
    testing::expect_missing_while_in_window(BarsSinceMaximum(n), static_cast<std::size_t>(n));
    testing::expect_missing_while_in_window(BarsSinceMinimum(n), static_cast<std::size_t>(n));
  }
}

TEST(BarsSinceExtreme, SurvivesSaving) {
  testing::expect_state_survives_saving(BarsSinceMaximum(7));
  testing::expect_state_survives_saving(BarsSinceMinimum(7));
}

}  // namespace
}  // namespace regimetry::features
