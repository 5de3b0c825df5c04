// Regression, Hurst exponent, efficiency, choppiness and mass index against plain references written from
// their definitions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

Plain plain_log(Plain x) {
  for (long double& value : x) value = std::log(value);
  return x;
}

// Least squares by the book: means first, then sums of products about them.
struct PlainLine {
  long double slope, r2, residual, t;
};

PlainLine line_through(std::span<const long double> y) {
  const auto n = static_cast<long double>(y.size());
  long double mean = 0, time_square = 0, product = 0, square = 0, unexplained = 0;
  const long double mean_time = (n - 1) / 2;
  for (const long double value : y) mean += value / n;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const long double time = static_cast<long double>(i) - mean_time;
    time_square += time * time;
    product += time * (y[i] - mean);
    square += (y[i] - mean) * (y[i] - mean);
  }
  const bool is_still = std::ranges::all_of(y, [&](long double value) { return value == y[0]; });
  if (is_still) return {0, 0, 0, 0};
  const long double slope = product / time_square;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const long double off = y[i] - mean - slope * (static_cast<long double>(i) - mean_time);
    unexplained += off * off;
  }
  const long double t = slope / std::sqrt(unexplained / (n - 2) / time_square);
  return {slope, 1 - unexplained / square, y.back() - mean - slope * (n - 1 - mean_time),
          std::clamp(t, -50.0L, 50.0L)};
}

TEST(TrendLineFeatures, RegressionIsLeastSquaresOnTheBarNumber) {
  const market::Bars bars = bars_with_still_stretches(91);
  const Plain height = plain_log(plain(bars.close));
  for (const int n : {20, 63, 3}) {
    const std::vector<double> parameters{static_cast<double>(n)};
    const auto expected = [&](long double PlainLine::*part) {
      return rounded(over_windows(height, n, [part](auto window) { return line_through(window).*part; }));
    };
    expect_near(run_feature("regression_slope", parameters, bars), expected(&PlainLine::slope), 1e-15);
    expect_near(run_feature("regression_residual", parameters, bars), expected(&PlainLine::residual), 1e-14);
    expect_near(run_feature("regression_r2", parameters, bars), expected(&PlainLine::r2), 1e-11);
    // Where the fit is close, t hangs on what little it leaves: 1 - R squared loses the digits that R squared
    // has in common with 1, up to 1 in 2500 at the limit of 50.
    if (n > 3) expect_near(run_feature("trend_strength", parameters, bars), expected(&PlainLine::t), 1e-9);
  }
}

TEST(TrendLineFeatures, AnExactLineIsFittedExactly) {
  market::Bars bars = made_bars(100, 92);
  for (std::size_t i = 0; i < bars.close.size(); ++i)
    bars.close[i] = std::exp2(static_cast<double>(i) / 4);  // a quarter of log 2 per bar
  EXPECT_NEAR(run_feature("regression_slope", {20}, bars).back(), std::log(2.0) / 4, 1e-14);
  EXPECT_NEAR(run_feature("regression_r2", {20}, bars).back(), 1, 1e-12);
  EXPECT_NEAR(run_feature("regression_residual", {20}, bars).back(), 0, 1e-13);
  EXPECT_EQ(run_feature("trend_strength", {63}, bars).back(), 50.0);
  std::ranges::reverse(bars.close);
  EXPECT_EQ(run_feature("trend_strength", {63}, bars).back(), -50.0);
}

TEST(TrendLineFeatures, AMissingCloseLeavesTheWindowAfterItsLength) {
  market::Bars bars = made_bars(200, 93);
  bars.close[100] = std::nan("");
  const std::vector<double> values = run_feature("regression_slope", {20}, bars);
  for (std::size_t i = 19; i < values.size(); ++i) ASSERT_EQ(std::isnan(values[i]), i >= 100 && i < 120) << i;
  const Plain expected =
      over_windows(plain_log(plain(bars.close)), 20, [](auto window) { return line_through(window).slope; });
  expect_near(values, rounded(expected), 1e-15);
}

TEST(TrendLineFeatures, AreMissingWhileTheWindowHoldsAPriceWithoutALogarithm) {
  market::Bars bars = made_bars(400, 89);
  for (const double price : {0.0, -37.6}) {
    bars.close[150] = price;
    const std::vector<double> slope = run_feature("regression_slope", {20}, bars);
    const std::vector<double> exponent = run_feature("hurst", {64}, bars);
    for (std::size_t i = 64; i < slope.size(); ++i) {
      ASSERT_EQ(std::isnan(slope[i]), i >= 150 && i < 170) << price << " " << i;
      ASSERT_EQ(std::isnan(exponent[i]), i >= 150 && i < 150 + 64) << price << " " << i;
    }
    const Plain height = plain_log(plain(bars.close));
    const auto expected = static_cast<double>(line_through(std::span(height).subspan(151, 20)).slope);
    EXPECT_NEAR(slope[170], expected, 1e-15);
  }
}

TEST(TrendLineFeatures, HurstIsTheSlopeOfTheSpreadOfChangesOnTheirLength) {
  const market::Bars bars = bars_with_still_stretches(94, 700);
  for (const int n : {128, 64}) {
    const Plain expected = over_windows(plain_log(plain(bars.close)), n, [](auto window) {
      std::array<long double, 5> log_spread{}, log_length{};
      for (std::size_t octave = 0; octave < 5; ++octave) {
        const std::size_t k = std::size_t{1} << octave;
        Plain changes;
        for (std::size_t i = k; i < window.size(); ++i) changes.push_back(window[i] - window[i - k]);
        const long double spread = plain_deviation(changes, static_cast<int>(changes.size())).back();
        if (spread == 0) return 0.5L;
        log_spread[octave] = std::log(spread);
        log_length[octave] = std::log(static_cast<long double>(k));
      }
      long double mean_x = 0, mean_y = 0, product = 0, square = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        mean_x += log_length[i] / 5;
        mean_y += log_spread[i] / 5;
      }
      for (std::size_t i = 0; i < 5; ++i) {
        product += (log_length[i] - mean_x) * (log_spread[i] - mean_y);
        square += (log_length[i] - mean_x) * (log_length[i] - mean_x);
      }
      return std::clamp(product / square, 0.0L, 1.0L);
    });
    expect_near(run_feature("hurst", {static_cast<double>(n)}, bars), rounded(expected), 1e-11);
  }
}

TEST(TrendLineFeatures, HurstTellsTrendsFromReversals) {
  market::Bars bars = made_bars(600, 95);
  EXPECT_NEAR(run_feature("hurst", {512}, bars).back(), 0.5, 0.15);  // a random walk
  for (std::size_t i = 0; i < bars.close.size(); ++i)
    bars.close[i] = 100 + 5 * std::sin(static_cast<double>(i) / 60);  // long waves go on
  EXPECT_GT(run_feature("hurst", {512}, bars).back(), 0.9);
  const market::Bars noise = made_bars(600, 96);
  for (std::size_t i = 1; i < bars.close.size(); ++i)
    bars.close[i] = 100 * noise.close[i] / noise.close[i - 1];  // every move is taken back
  EXPECT_LT(run_feature("hurst", {512}, bars).back(), 0.1);
}

TEST(TrendLineFeatures, EfficiencyIsTheDistanceOverThePath) {
  const market::Bars bars = bars_with_still_stretches(97);
  for (const int n : {10, 3}) {
    expect_near(run_feature("efficiency_ratio", {static_cast<double>(n)}, bars),
                rounded(plain_efficiency(plain(bars.close), n)), 1e-12);
  }
}

TEST(TrendLineFeatures, ChoppinessIsThePathOverTheRange) {
  const market::Bars bars = bars_with_still_stretches(98);
  for (const int n : {14, 4}) {
    const Plain range = combined(plain_highest(plain(bars.high), n), plain_lowest(plain(bars.low), n),
                                 [](auto a, auto b) { return a - b; });
    const Plain expected =
        combined(plain_sum(plain_true_range(bars), n), range, [n](long double path, long double width) {
          return width == 0 ? 50.0L
                            : 100 * std::log10(path / width) / std::log10(static_cast<long double>(n));
        });
    expect_near(run_feature("choppiness", {static_cast<double>(n)}, bars), rounded(expected), 1e-12);
  }
}

TEST(TrendLineFeatures, MassIndexSumsTheRatioOfAveragedRanges) {
  const market::Bars bars = bars_with_still_stretches(99);
  const Plain range =
      combined(plain(bars.high), plain(bars.low), [](auto high, auto low) { return high - low; });
  for (const auto& [n, window] : {std::pair{9, 25}, std::pair{3, 4}}) {
    const Plain once = plain_exponential(range, n);
    const Plain ratio = combined(once, plain_exponential(once, n), [](auto a, auto b) { return a / b; });
    expect_near(run_feature("mass_index", {static_cast<double>(n), static_cast<double>(window)}, bars),
                rounded(plain_sum(ratio, window)), 1e-12);
  }
}

TEST(TrendLineFeatures, HaveNeutralValuesWhenNothingMoves) {
  const market::Bars bars = made_bars(300, 90, {.flat_share = 1});
  for (const char* name :
       {"regression_slope", "regression_r2", "regression_residual", "trend_strength", "efficiency_ratio"})
    EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 0.0) << name;
  EXPECT_EQ(run_feature("hurst", {128}, bars).back(), 0.5);
  EXPECT_EQ(run_feature("choppiness", {14}, bars).back(), 50.0);
  EXPECT_EQ(run_feature("mass_index", {9, 25}, bars).back(), 25.0);
}

}  // namespace
}  // namespace regimetry::features
