#include "features/operators/path_above_average.hpp"

#include "features/operators/exponential_average.hpp"
#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

constexpr int kBars = 10;
constexpr double kWeight = 2.0 / (kBars + 1);

TEST(PathAboveAverage, IsThePathLessItsExponentialAverage) {
  PathAboveAverage gap(kBars, kWeight);
  ExponentialAverage average(kBars, kWeight);
  double path = 0;
  for (int i = 0; i < 200; ++i) {
    const double step = 0.3 * (i * i % 17) - 1.9;
    path += step;
    const double expected = path - average.update(path), actual = gap.update(step);
    ASSERT_EQ(is_missing(expected), is_missing(actual)) << i;
    if (!is_missing(expected)) {
      ASSERT_NEAR(actual, expected, 1e-12) << i;
    }
  }
}

TEST(PathAboveAverage, OfTwoPointsByHand) {
  PathAboveAverage gap(2, 2.0 / 3);
  EXPECT_TRUE(is_missing(gap.update(100)));  // to the first point, which the gap does not know
  EXPECT_EQ(gap.update(4), 2);               // points 100 and 104, average 102
  EXPECT_NEAR(gap.update(1), 1, 1e-15);      // average 102 + 2 / 3 * 3
}

TEST(PathAboveAverage, PassesOverMissingSteps) {
  PathAboveAverage gap(2, 2.0 / 3);
  gap.update(100);
  gap.update(4);
  EXPECT_TRUE(is_missing(gap.update(kMissing)));
  EXPECT_NEAR(gap.update(1), 1, 1e-15);
}

// A path of a million that moves by cents: the reference needs long double, the gap does not.
TEST(PathAboveAverage, KeepsItsDigitsOverAMillionBarsAtALevelOfAMillion) {
  const std::vector<double> prices = testing::walk_in_cents_at_a_million(1'000'000, 6);
  PathAboveAverage gap(kBars, kWeight);
  long double average = 0;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    const double value = gap.update(i == 0 ? prices[0] : prices[i] - prices[i - 1]);
    if (i < kBars) average += static_cast<long double>(prices[i]) / kBars;
    if (i >= kBars) average += static_cast<long double>(kWeight) * (prices[i] - average);
    // The roundings of the last dozen gaps of a few cents; the long double average has some of its own.
    if (i >= kBars && i % 9'973 == 0) {
      ASSERT_NEAR(value, static_cast<double>(prices[i] - average), 1e-12) << i;
    }
  }
}

TEST(PathAboveAverage, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<PathAboveAverage>(
      PathAboveAverage(kBars, kWeight),
      [](PathAboveAverage& op, int i) { return op.update(0.1 * (i * i % 17) - 0.7); });
}

}  // namespace
}  // namespace regimetry::features
