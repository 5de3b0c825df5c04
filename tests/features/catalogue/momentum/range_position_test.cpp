// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-11;
constexpr long double kNaN = std::numeric_limits<long double>::quiet_NaN();

Plain plain_fast_k(const market::Bars& bars, int n) {
  const Plain high = plain_highest(plain(bars.high), n), low = plain_lowest(plain(bars.low), n);
  return 100 * plain_ratio(plain(bars.close) - low, high - low, 0.5L);
}

TEST(RangePositionFeatures, StochasticsAreLanes) {
  const market::Bars bars = bars_with_still_stretches(31);
  for (const auto& [n, s, d] : {std::array{14, 3, 3}, std::array{5, 1, 4}}) {
    const Plain k = plain_mean(plain_fast_k(bars, n), s);
    expect_near(run_feature("stochastic_k", {1.0 * n, 1.0 * s}, bars), rounded(k), kTolerance);
    expect_near(run_feature("stochastic_d", {1.0 * n, 1.0 * s, 1.0 * d}, bars), rounded(plain_mean(k, d)),
                kTolerance);
  }
}

TEST(RangePositionFeatures, StochasticKOfThreeBarsByHand) {
  market::Bars bars = made_bars(3, 1);
  bars.high = {10, 12, 11};
  bars.low = {8, 9, 9};
  bars.close = {9, 11, 10};
  bars.open = bars.close;
  EXPECT_EQ(run_feature("stochastic_k", {3, 1}, bars)[2], 50.0);  // (10 - 8) / (12 - 8)
  EXPECT_EQ(run_feature("stochastic_k", {2, 2}, bars)[2], 100 * (0.75 + 1.0 / 3) / 2);
  EXPECT_EQ(run_feature("williams_r", {3}, bars)[2], -50.0);
  EXPECT_EQ(run_feature("williams_r", {2}, bars)[1], -25.0);
}

TEST(RangePositionFeatures, WilliamsRangeCountsFromTheTop) {
  const market::Bars bars = bars_with_still_stretches(32);
  for (const int n : {14, 4}) {
    const Plain high = plain_highest(plain(bars.high), n), low = plain_lowest(plain(bars.low), n);
    expect_near(run_feature("williams_r", {1.0 * n}, bars),
                rounded(-100 * plain_ratio(high - plain(bars.close), high - low, 0.5L)), kTolerance);
  }
}

TEST(RangePositionFeatures, UltimateOscillatorIsWilliams) {
  const market::Bars bars = bars_with_still_stretches(33);
  Plain pressure(bars.close.size(), kNaN), range = pressure;
  for (std::size_t i = 1; i < pressure.size(); ++i) {
    const long double bottom = std::min(bars.low[i], bars.close[i - 1]);
    pressure[i] = bars.close[i] - bottom;
    range[i] = std::max(bars.high[i], bars.close[i - 1]) - bottom;
  }
  for (const auto& [a, b, c] : {std::array{7, 14, 28}, std::array{2, 3, 5}}) {
    const auto share = [&](int n) { return plain_ratio(plain_sum(pressure, n), plain_sum(range, n), 0.5L); };
    const Plain expected = (100 / 7.0L) * (4 * share(a) + 2 * share(b) + share(c));
    expect_near(run_feature("ultimate_oscillator", {1.0 * a, 1.0 * b, 1.0 * c}, bars), rounded(expected),
                kTolerance);
  }
}

TEST(RangePositionFeatures, UltimateOscillatorWantsGrowingPeriods) {
  const FeatureEntry& entry = *find_feature("ultimate_oscillator");
  EXPECT_EQ(entry.problem({{7, 14, 28}, {}}), "");
  EXPECT_NE(entry.problem({{7, 7, 28}, {}}), "");
  EXPECT_NE(entry.problem({{7, 14, 14}, {}}), "");
}

TEST(RangePositionFeatures, FisherTransformIsEhlers) {
  const market::Bars bars = bars_with_still_stretches(34);
  const Plain median = 0.5L * (plain(bars.high) + plain(bars.low));
  for (const int n : {10, 4}) {
    const Plain high = plain_highest(median, n), low = plain_lowest(median, n);
    const Plain position = plain_ratio(median - low, high - low, 0.5L);
    long double value = 0, fish = 0;
    const Plain expected = plain_each(median.size(), [&](std::size_t i) {
      if (std::isnan(position[i])) return kNaN;
      value = 0.66L * (position[i] - 0.5L) + 0.67L * value;
      if (value > 0.99L) value = 0.999L;
      if (value < -0.99L) value = -0.999L;
      fish = 0.5L * std::log((1 + value) / (1 - value)) + 0.5L * fish;
      return fish;
    });
    // Near the limit of 0.99 the logarithm lifts roundings of the position a hundredfold.
    expect_near(run_feature("fisher_transform", {1.0 * n}, bars), rounded(expected), 1e-11);
  }
}

TEST(RangePositionFeatures, FisherTransformStaysInItsRangeInALongRise) {
  market::Bars bars = made_bars(300, 35);
  for (std::size_t i = 0; i < 300; ++i)
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = 100 + static_cast<double>(i);
  const double value = run_feature("fisher_transform", {10}, bars).back();
  EXPECT_GT(value, 7.0);
  EXPECT_LT(value, 7.7);
}

}  // namespace
}  // namespace regimetry::features
