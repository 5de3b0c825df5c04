#include "features/operators/repeated_average.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.hpp"

namespace regimetry::features {
namespace {

// Both missing or equal to a rounding of the larger.
void expect_same(double a, double b) {
  ASSERT_EQ(std::isnan(a), std::isnan(b));
  if (!std::isnan(a)) {
    ASSERT_NEAR(a, b, 1e-12);
  }
}

TEST(RepeatedAverage, EqualsAveragesInSeparateSteps) {
  RngStream stream = Rng(3).stream("test");
  DoubleExponentialAverage twofold(5);
  TripleExponentialAverage threefold(5);
  ConvergenceSignal convergence(3, 7, 4);
  ExponentialAverage e1(5, 1.0 / 3), e2 = e1, e3 = e1, fast(3, 0.5), slow(7, 0.25), signal(4, 0.4);
  double price = 100;
  for (int i = 0; i < 500; ++i) {
    price += stream.normal();
    const double x = i % 97 == 50 ? kMissing : price;
    const double once = e1.update(x), twice = e2.update(once), thrice = e3.update(twice);
    expect_same(twofold.update(x), 2 * once - twice);
    const auto [triple, smooth] = threefold.update(x);
    expect_same(triple, 3 * once - 3 * twice + thrice);
    expect_same(smooth, thrice);
    const double line = fast.update(x) - slow.update(x), smoothed = signal.update(line);
    const auto [signal_value, histogram] = convergence.update(x);
    expect_same(signal_value, smoothed);
    expect_same(histogram, line - smoothed);
  }
}

}  // namespace
}  // namespace regimetry::features
