#include "features/operators/rolling_extremes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

TEST(RollingExtremes, AreThoseOfTheLastN) {
  RollingMaximum highest(3);
  RollingMinimum lowest(3);
  for (const double x : {5.0, 1.0}) {
    EXPECT_TRUE(std::isnan(highest.update(x)));
    EXPECT_TRUE(std::isnan(lowest.update(x)));
  }
  const std::vector<std::array<double, 3>> rows = {{2, 5, 1}, {0, 2, 0}, {3, 3, 0}, {4, 4, 0}, {-1, 4, -1}};
  for (const auto& [x, high, low] : rows) {
    EXPECT_EQ(highest.update(x), high) << x;
    EXPECT_EQ(lowest.update(x), low) << x;
  }
}

TEST(RollingExtremes, AreExactOverTenMillionBars) {
  for (const std::size_t n : {20, 252}) {
    std::int64_t wrong = 0;
    testing::run_cent_walk(RollingMaximum(static_cast<int>(n)), 10'000'000, n,
                           [&](double highest, const testing::LastValues& last) {
                             wrong +=
                                 highest != *std::max_element(last.values().begin(), last.values().end());
                           });
    testing::run_cent_walk(RollingMinimum(static_cast<int>(n)), 10'000'000, n,
                           [&](double lowest, const testing::LastValues& last) {
                             wrong += lowest != *std::min_element(last.values().begin(), last.values().end());
                           });
    EXPECT_EQ(wrong, 0) << n;
  }
}

TEST(RollingExtremes, OfOneAreTheValueItself) {
  RollingMaximum highest(1);
  for (const double x : {3.0, -4.0, 7.0}) EXPECT_EQ(highest.update(x), x);
}

TEST(RollingExtremes, AreMissingWhileAMissingValueIsInside) {
  for (const int n : {1, 2, 5, 8}) {
    testing::expect_missing_while_in_window(RollingMaximum(n), static_cast<std::size_t>(n));
    testing::expect_missing_while_in_window(RollingMinimum(n), static_cast<std::size_t>(n));
  }
}

TEST(RollingExtremes, SurviveSaving) {
  testing::expect_state_survives_saving(RollingMaximum(7));
  testing::expect_state_survives_saving(RollingMinimum(7));
}

}  // namespace
}  // namespace regimetry::features
