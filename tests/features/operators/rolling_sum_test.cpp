#include "features/operators/rolling_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(RollingSum, AddsTheLastN) {
  RollingSum sum(3);
  EXPECT_TRUE(std::isnan(sum.update(1)));
  EXPECT_TRUE(std::isnan(sum.update(2)));
  EXPECT_EQ(sum.update(4), 7.0);
  EXPECT_EQ(sum.update(8), 14.0);
  EXPECT_EQ(sum.update(16), 28.0);
  EXPECT_EQ(sum.update(32), 56.0);
}

TEST(RollingSum, OfOneIsTheValueItself) {
  RollingSum sum(1);
  EXPECT_EQ(sum.update(5), 5.0);
  EXPECT_EQ(sum.update(-7), -7.0);
}

TEST(RollingSum, KeepsItsAccuracyOverTenMillionBars) {
  for (const std::size_t n : {20, 500}) {
    long double worst = 0;  // relative to the sum
    testing::run_cent_walk(RollingSum(static_cast<int>(n)), 10'000'000, n,
                           [&](double sum, const testing::LastValues& last) {
                             const long double exact = testing::sum_of(last.get());
                             worst = std::max(worst, std::abs(sum - exact) / exact);
                           });
    // All values are positive: each of the n additions rounds the sum by half a unit at most.
    EXPECT_LT(worst, static_cast<double>(n) * kEpsilon / 2) << n;
    RecordProperty("worst_relative_error_of_" + std::to_string(n), std::to_string(worst / kEpsilon) + " eps");
  }
}

TEST(RollingSum, LeavesNothingOfASpikeBehind) {
  RollingSum sum(20);
  for (int i = 0; i < 1'000; ++i) static_cast<void>(sum.update(i == 500 ? 1e300 : 0.1));
  RollingSum calm(20);
  for (int i = 0; i < 1'000; ++i) static_cast<void>(calm.update(0.1));
  EXPECT_EQ(sum.update(0.1), calm.update(0.1));
}

TEST(RollingSum, OfZerosIsExactlyZeroAfterAnything) {
  RollingSum sum(7);
  for (std::size_t i = 0; i < 100; ++i) static_cast<void>(sum.update(testing::made_value(i) / 3));
  for (int i = 0; i < 7; ++i) static_cast<void>(sum.update(0));
  EXPECT_EQ(sum.update(0), 0.0);
}

TEST(RollingSum, IsMissingWhileAMissingValueIsInside) {
  for (const int n : {1, 2, 5, 8})
    testing::expect_missing_while_in_window(RollingSum(n), static_cast<std::size_t>(n));
}

TEST(RollingSum, SurvivesSaving) {
  testing::expect_state_survives_saving(RollingSum(7));
}

}  // namespace
}  // namespace regimetry::features
