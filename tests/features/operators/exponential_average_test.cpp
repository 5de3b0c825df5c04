#include "features/operators/exponential_average.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(ExponentialAverage, StartsAsThePlainMeanOfTheFirstN) {
  ExponentialAverage average(3, 0.5);
  EXPECT_TRUE(std::isnan(average.update(1)));
  EXPECT_TRUE(std::isnan(average.update(2)));
  EXPECT_EQ(average.update(6), 3.0);
  EXPECT_EQ(average.update(5), 4.0);
  EXPECT_EQ(average.update(0), 2.0);
}

TEST(ExponentialAverage, KeepsItsAccuracyOverTenMillionBars) {
  for (const int n : {14, 200}) {
    const double weight = 2.0 / (n + 1);
    testing::CentWalk walk;
    ExponentialAverage average(n, weight);
    long double exact = 0, worst = 0;  // relative
    for (int i = 0; i < 10'000'000; ++i) {
      const double x = walk.next();
      exact = i < n ? exact + static_cast<long double>(x) / n
                    : exact + static_cast<long double>(weight) * (x - exact);
      const double now = average.update(x);
      if (i >= n) worst = std::max(worst, std::abs(now - exact) / exact);
    }
    // A bar rounds twice and forgets the share `weight` of all earlier roundings; 1 - weight was rounded
    // once.
    EXPECT_LT(worst, 2 * kEpsilon / weight) << n;
    RecordProperty("worst_relative_error_of_" + std::to_string(n), std::to_string(worst / kEpsilon) + " eps");
  }
}

TEST(ExponentialAverage, ForgetsASpike) {
  ExponentialAverage average(10, 2.0 / 11);
  for (int i = 0; i < 500; ++i) static_cast<void>(average.update(i == 100 ? 1e12 : 0.25));
  EXPECT_NEAR(average.update(0.25), 0.25, 10 * kEpsilon);
}

TEST(ExponentialAverage, PassesOverAMissingValue) {
  ExponentialAverage with_hole(3, 0.25), without(3, 0.25);
  for (std::size_t i = 0; i < 40; ++i) {
    if (i == 1 || i == 20) {
      EXPECT_TRUE(std::isnan(with_hole.update(kMissing)));
    }
    testing::expect_same_bits(testing::as_vector(with_hole.update(testing::made_value(i))),
                              testing::as_vector(without.update(testing::made_value(i))), i);
  }
}

TEST(ExponentialAverage, SurvivesSaving) {
  testing::expect_state_survives_saving(ExponentialAverage(5, 2.0 / 6));
}

}  // namespace
}  // namespace regimetry::features
