#include "features/operators/rolling_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(RollingShape, IsSkewnessAndExcessKurtosis) {
  RollingShape shape(4);
  for (const double x : {0.0, 0.0, 0.0}) EXPECT_TRUE(std::isnan(shape.update(x)[0]));
  const auto [skewness, kurtosis] = shape.update(4);  // mean 1: m2 = 3, m3 = 6, m4 = 21
  EXPECT_NEAR(skewness, 6 / std::pow(3, 1.5), 1e-15);
  EXPECT_NEAR(kurtosis, 21.0 / 9 - 3, 1e-15);
}

TEST(RollingShape, KeepsItsAccuracyOverMillionsOfBarsOfCentsOnAMillion) {
  for (const std::size_t n : {60, 250}) {
    long double worst_skewness = 0, worst_kurtosis = 0;  // relative to 1 + the size of the figure
    bool is_flat_exact = true;
    testing::run_cent_walk(
        RollingShape(static_cast<int>(n)), 4'000'000, n,
        [&](const std::array<double, 2>& shape, const testing::LastValues& last) {
          const testing::Plain values = last.get();
          const long double m2 = testing::central_moment(values, 2);
          if (m2 == 0) {
            is_flat_exact = is_flat_exact && shape[0] == 0 && shape[1] == 0;
            return;
          }
          const long double skewness = testing::central_moment(values, 3) / std::pow(m2, 1.5L);
          const long double kurtosis = testing::central_moment(values, 4) / (m2 * m2) - 3;
          worst_skewness = std::max(worst_skewness, std::abs(shape[0] - skewness) / (1 + std::abs(skewness)));
          worst_kurtosis = std::max(worst_kurtosis, std::abs(shape[1] - kurtosis) / (1 + std::abs(kurtosis)));
        });
    // At worst the anchor is a spike and all other values lie sqrt(n) deviations off: the four sums are then
    // n times their central moments, round n times, and enter with coefficients that add up to 1 + 4 + 6 + 3.
    const double tolerance = 14 * static_cast<double>(n * n) * kEpsilon;
    EXPECT_LT(worst_skewness, tolerance) << n;
    EXPECT_LT(worst_kurtosis, tolerance) << n;
    EXPECT_TRUE(is_flat_exact) << n;
    RecordProperty("worst_skewness_of_" + std::to_string(n),
                   std::to_string(worst_skewness / kEpsilon) + " eps");
    RecordProperty("worst_kurtosis_of_" + std::to_string(n),
                   std::to_string(worst_kurtosis / kEpsilon) + " eps");
  }
}

TEST(RollingShape, OfEqualValuesIsZero) {
  RollingShape shape(5);
  for (int i = 0; i < 40; ++i) {
    const auto [skewness, kurtosis] = shape.update(i < 20 ? i * i : 0.1);
    if (i < 24) continue;
    EXPECT_EQ(skewness, 0.0) << i;
    EXPECT_EQ(kurtosis, 0.0) << i;
  }
}

TEST(RollingShape, IsMissingWhileAMissingValueIsInside) {
  for (const int n : {3, 5, 8})
    testing::expect_missing_while_in_window(RollingShape(n), static_cast<std::size_t>(n));
}

TEST(RollingShape, SurvivesSaving) {
  testing::expect_state_survives_saving(RollingShape(7));
}

}  // namespace
}  // namespace regimetry::features
