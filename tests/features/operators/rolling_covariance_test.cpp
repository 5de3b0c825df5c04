#include "features/operators/rolling_covariance.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(RollingCovariance, IsThatOfTheLastPairs) {
  RollingCovariance covariance(3);
  EXPECT_TRUE(std::isnan(covariance.update(100, -5)[0]));
  EXPECT_TRUE(std::isnan(covariance.update(1, 6)[0]));
  EXPECT_TRUE(!std::isnan(covariance.update(2, 4)[0]));
  const auto [together, of_x, of_y] = covariance.update(3, 2);
  EXPECT_NEAR(together, -4.0 / 3, 1e-13);
  EXPECT_NEAR(of_x, 2.0 / 3, 1e-13);
  EXPECT_NEAR(of_y, 8.0 / 3, 1e-13);
}

TEST(RollingCovariance, KeepsItsAccuracyOverMillionsOfBarsOfCentsOnAMillion) {
  constexpr std::size_t kPairs = 60;
  testing::CentWalk walk_x, walk_y;
  for (int i = 0; i < 777; ++i) static_cast<void>(walk_y.next());
  testing::LastValues last_x(kPairs), last_y(kPairs);
  RollingCovariance op(kPairs);
  long double worst = 0;  // relative to the product of the deviations
  for (std::size_t i = 0; i < 4'000'000; ++i) {
    const double x = walk_x.next(), y = walk_y.next();
    last_x.add(x);
    last_y.add(y);
    const auto [covariance, variance_x, variance_y] = op.update(x, y);
    if (i < kPairs || !walk_x.is_checkpoint()) continue;
    const testing::Plain xs = last_x.get(), ys = last_y.get();
    long double exact = 0;
    for (std::size_t k = 0; k < kPairs; ++k)
      exact += (xs[k] - testing::mean_of(xs)) * (ys[k] - testing::mean_of(ys)) / kPairs;
    const long double scale = std::sqrt(testing::central_moment(xs, 2) * testing::central_moment(ys, 2));
    if (scale == 0) {
      ASSERT_EQ(covariance, 0.0) << i;
      ASSERT_EQ(variance_x * variance_y, 0.0) << i;
    } else {
      worst = std::max(worst, std::abs(covariance - exact) / scale);
    }
  }
  // As for the variance in rolling_moments_test.cpp.
  EXPECT_LT(worst, static_cast<double>(kPairs * kPairs) * kEpsilon / 2);
  RecordProperty("worst", std::to_string(worst / kEpsilon) + " eps");
}

TEST(RollingCovariance, WithAConstantIsExactlyZero) {
  RollingCovariance op(6);
  for (std::size_t i = 0; i < 50; ++i) {
    const auto [covariance, variance_x, variance_y] = op.update(testing::made_value(i) * 0.1, 1e6 / 3);
    if (i < 5) continue;
    EXPECT_EQ(covariance, 0.0) << i;
    EXPECT_EQ(variance_y, 0.0) << i;
    EXPECT_GT(variance_x, 0.0) << i;
  }
}

TEST(RollingCovariance, IsMissingWhileEitherValueOfAPairIs) {
  for (const int n : {1, 2, 5, 8})
    testing::expect_missing_while_in_window(RollingCovariance(n), static_cast<std::size_t>(n));
  RollingCovariance op(3);
  for (std::size_t i = 0; i < 20; ++i) {
    const double y = i == 10 ? kMissing : testing::made_value(i + 5);
    const auto [covariance, variance_x, variance_y] = op.update(testing::made_value(i), y);
    const bool sees_hole = i < 2 || (i >= 10 && i < 13);
    EXPECT_EQ(std::isnan(covariance), sees_hole) << i;
    EXPECT_EQ(std::isnan(variance_y), sees_hole) << i;
    EXPECT_EQ(std::isnan(variance_x), i < 2) << i;
  }
}

TEST(RollingCovariance, SurvivesSaving) {
  testing::expect_state_survives_saving(RollingCovariance(7));
}

}  // namespace
}  // namespace regimetry::features
