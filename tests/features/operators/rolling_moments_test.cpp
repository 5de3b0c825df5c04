#include "features/operators/rolling_moments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(RollingMoments, AreMeanAndPopulationVariance) {
  RollingMoments moments(4);
  for (const double x : {2.0, 4.0, 4.0}) EXPECT_TRUE(std::isnan(moments.update(x)[0]));
  const auto [mean, variance] = moments.update(6);
  EXPECT_DOUBLE_EQ(mean, 4.0);
  EXPECT_DOUBLE_EQ(variance, 2.0);
}

TEST(RollingMoments, KeepTheirAccuracyOverTenMillionBarsOfCentsOnAMillion) {
  for (const std::size_t n : {20, 250}) {
    long double worst_mean = 0, worst_variance = 0;  // relative
    bool is_flat_exact = true;
    testing::run_cent_walk(
        RollingMoments(static_cast<int>(n)), 10'000'000, n,
        [&](const std::array<double, 2>& moments, const testing::LastValues& last) {
          const testing::Plain values = last.get();
          const long double mean = testing::mean_of(values);
          const long double variance = testing::central_moment(values, 2);
          worst_mean = std::max(worst_mean, std::abs(moments[0] - mean) / mean);
          if (std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end()) {
            is_flat_exact = is_flat_exact && moments[1] == 0;
          } else {
            worst_variance = std::max(worst_variance, std::abs(moments[1] - variance) / variance);
          }
        });
    // The mean is an anchor plus a small distance: one rounding, and those of the distance.
    EXPECT_LT(worst_mean, 2 * kEpsilon) << n;
    // The anchor is one of the n values, so the mean square around it is at most n + 1 times the variance,
    // and its sum rounds n times: n^2 * eps / 2 at worst, far less on average.
    EXPECT_LT(worst_variance, static_cast<double>(n * n) * kEpsilon / 2) << n;
    EXPECT_TRUE(is_flat_exact) << n;
    RecordProperty("worst_mean_of_" + std::to_string(n), std::to_string(worst_mean / kEpsilon) + " eps");
    RecordProperty("worst_variance_of_" + std::to_string(n),
                   std::to_string(worst_variance / kEpsilon) + " eps");
  }
}

TEST(RollingMoments, OfEqualValuesHaveNoSpreadAtAnyLevel) {
  for (const double level : {1e-9, 0.1, 1e6 + 0.01, 1e15 / 3}) {
    RollingMoments moments(20);
    for (int i = 0; i < 90; ++i) {
      const auto [mean, variance] = moments.update(i < 30 ? level * 1.7 + i : level);
      if (i < 49) continue;
      ASSERT_EQ(variance, 0.0) << level << " bar " << i;
      ASSERT_EQ(mean, level) << level << " bar " << i;
    }
  }
}

TEST(RollingMoments, VarianceIsNeverNegative) {
  RollingMoments moments(3);
  for (std::size_t i = 0; i < 10'000; ++i) {
    const double variance = moments.update(1e9 + testing::made_value(i) * 1e-7)[1];
    ASSERT_FALSE(variance < 0) << i;
  }
}

TEST(RollingMoments, AreMissingWhileAMissingValueIsInside) {
  for (const int n : {1, 2, 5, 8})
    testing::expect_missing_while_in_window(RollingMoments(n), static_cast<std::size_t>(n));
}

TEST(RollingMoments, SurviveSaving) {
  testing::expect_state_survives_saving(RollingMoments(7));
}

}  // namespace
}  // namespace regimetry::features
