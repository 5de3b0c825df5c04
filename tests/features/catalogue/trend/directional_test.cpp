// Parabolic stop, directional movement, Aroon and vortex against plain references written from their
// definitions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

// Wilder's rules as the book tells them, rises and falls apart.
Plain plain_parabolic(const market::Bars& bars, long double step, long double limit) {
  const Plain high = plain(bars.high), low = plain(bars.low);
  Plain result(high.size(), kNothing);
  const long double fall = low[0] - low[1], rise = high[1] - high[0];
  bool is_long = !(fall > 0 && fall > rise);
  long double stop = is_long ? low[0] : high[0], extreme = is_long ? high[1] : low[1], share = step;
  for (std::size_t i = 1; i < high.size(); ++i) {
    const std::size_t before = i == 1 ? 1 : i - 1;
    const bool is_over = is_long ? low[i] <= stop : high[i] >= stop;
    if (is_over && is_long) {
      stop = std::max({extreme, high[before], high[i]});
      extreme = low[i];
    } else if (is_over) {
      stop = std::min({extreme, low[before], low[i]});
      extreme = high[i];
    }
    result[i] = stop;
    if (is_over) {
      is_long = !is_long;
      share = step;
    } else if (is_long ? high[i] > extreme : low[i] < extreme) {
      extreme = is_long ? high[i] : low[i];
      share = std::min(share + step, limit);
    }
    stop += share * (extreme - stop);
    if (is_long) stop = std::min({stop, low[before], low[i]});
    if (!is_long) stop = std::max({stop, high[before], high[i]});
  }
  return result;
}

TEST(DirectionalFeatures, ParabolicStopFollowsWildersRules) {
  for (const std::uint64_t seed : {71, 72, 73}) {
    const market::Bars bars = bars_with_still_stretches(seed);
    for (const auto& [step, limit] : {std::pair{0.02, 0.2}, std::pair{0.07, 0.1}}) {
      const Plain expected = plain_parabolic(bars, step, limit);
      expect_near(run_feature("parabolic_sar", {step, limit}, bars), rounded(expected), 1e-12);
      expect_near(run_feature("parabolic_sar_distance", {step, limit}, bars),
                  rounded(plain_distance(plain(bars.close), expected)), 1e-12);
    }
  }
}

TEST(DirectionalFeatures, ParabolicStopRefusesAStepAboveItsLimit) {
  EXPECT_EQ(find_feature("parabolic_sar")->problem({{0.2, 0.2}, {}}), "");
  EXPECT_NE(find_feature("parabolic_sar")->problem({{0.3, 0.2}, {}}), "");
}

TEST(DirectionalFeatures, TrueRangeReachesToTheCloseBefore) {
  const market::Bars bars = bars_with_still_stretches(74);
  expect_near(run_feature("true_range", {}, bars), rounded(plain_true_range(bars)), 0);
}

struct PlainDirection {
  Plain plus_index, minus_index, average_index;
};

// TA-Lib's order of work: plain sums of the first n - 1 bars, then sum - sum / n + now.
PlainDirection plain_direction(const market::Bars& bars, int n) {
  const Plain high = plain(bars.high), low = plain(bars.low), range = plain_true_range(bars);
  Plain plus(high.size(), kNothing), minus = plus, dx = plus;
  long double plus_sum = 0, minus_sum = 0, range_sum = 0;
  for (std::size_t i = 1; i < high.size(); ++i) {
    const long double up = high[i] - high[i - 1], down = low[i - 1] - low[i];
    const bool is_first_sum = static_cast<int>(i) < n;
    for (long double* sum : {&plus_sum, &minus_sum, &range_sum}) *sum -= is_first_sum ? 0 : *sum / n;
    if (up > 0 && up > down) plus_sum += up;
    if (down > 0 && down > up) minus_sum += down;
    range_sum += range[i];
    if (is_first_sum) continue;
    plus[i] = range_sum == 0 ? 0 : 100 * plus_sum / range_sum;
    minus[i] = range_sum == 0 ? 0 : 100 * minus_sum / range_sum;
    const long double both = plus[i] + minus[i];
    dx[i] = both == 0 ? 0 : 100 * std::abs(plus[i] - minus[i]) / both;
  }
  return {plus, minus, plain_smoothed(dx, n, 1.0L / n)};
}

TEST(DirectionalFeatures, DirectionalIndicesAreWildersAsInTaLib) {
  const market::Bars bars = bars_with_still_stretches(75);
  for (const int n : {14, 3}) {
    const std::vector<double> parameters{static_cast<double>(n)};
    const PlainDirection expected = plain_direction(bars, n);
    expect_near(run_feature("plus_di", parameters, bars), rounded(expected.plus_index), 1e-11);
    expect_near(run_feature("minus_di", parameters, bars), rounded(expected.minus_index), 1e-11);
    expect_near(run_feature("adx", parameters, bars), rounded(expected.average_index), 1e-11);
  }
  EXPECT_EQ(declared_warmup("plus_di", {14}), 14);  // TA-Lib's look-back
  EXPECT_EQ(declared_warmup("adx", {14}), 27);
}

TEST(DirectionalFeatures, AStraightRiseIsAllUpwardMovement) {
  market::Bars bars = made_bars(100, 76);
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    bars.low[i] = static_cast<double>(100 + i);
    bars.high[i] = bars.close[i] = bars.low[i] + 1;
  }
  EXPECT_NEAR(run_feature("plus_di", {14}, bars).back(), 100, 1e-12);  // each bar reaches 1 above the last
  EXPECT_EQ(run_feature("minus_di", {14}, bars).back(), 0.0);
  EXPECT_NEAR(run_feature("adx", {14}, bars).back(), 100, 1e-12);
  EXPECT_EQ(run_feature("aroon_up", {25}, bars).back(), 100.0);
  EXPECT_EQ(run_feature("aroon_down", {25}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("aroon_oscillator", {25}, bars).back(), 100.0);
  EXPECT_NEAR(run_feature("vortex_plus", {14}, bars).back(), 2, 1e-12);
  EXPECT_EQ(run_feature("vortex_minus", {14}, bars).back(), 0.0);
}

// A close above the high before: the true range falls short of how far the high rose.
TEST(DirectionalFeatures, IndicesStayWithinHundredOnBarsThatContradictThemselves) {
  market::Bars bars = made_bars(60, 81);
  for (std::size_t i = 1; i < bars.close.size(); i += 2) {
    const double step = i % 4 == 1 ? 3 : -3;
    bars.close[i - 1] = bars.high[i] = bars.low[i] = bars.high[i - 1] + step;
  }
  for (const double n : {1.0, 3.0, 14.0}) {
    for (const char* name : {"plus_di", "minus_di"}) {
      for (const double value : run_feature(name, {n}, bars))
        EXPECT_FALSE(value < 0 || value > 100) << name << " " << n << " " << value;
    }
  }
}

// Of equal values the latest counts.
Plain plain_aroon(const Plain& x, int n) {
  return over_windows(x, n + 1, [n](auto window) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < window.size(); ++i) best = window[i] >= window[best] ? i : best;
    return 100.0L * static_cast<long double>(best) / n;
  });
}

TEST(DirectionalFeatures, AroonTellsHowNewTheExtremesAre) {
  const market::Bars bars = bars_with_still_stretches(77);
  Plain upside_down = plain(bars.low);
  for (long double& low : upside_down) low = -low;
  for (const int n : {25, 4}) {
    const std::vector<double> parameters{static_cast<double>(n)};
    const Plain up = plain_aroon(plain(bars.high), n), down = plain_aroon(upside_down, n);
    expect_near(run_feature("aroon_up", parameters, bars), rounded(up), 1e-14);
    expect_near(run_feature("aroon_down", parameters, bars), rounded(down), 1e-14);
    expect_near(run_feature("aroon_oscillator", parameters, bars),
                rounded(combined(up, down, [](auto a, auto b) { return a - b; })), 1e-14);
  }
}

// (n - 0) * (100 / n) is not 100 for every n.
TEST(DirectionalFeatures, AroonIsExactlyHundredAtANewExtreme) {
  market::Bars bars = made_bars(200, 82);
  for (std::size_t i = 0; i < bars.close.size(); ++i)
    bars.high[i] = bars.low[i] = static_cast<double>(100 + i);
  for (const double n : {11.0, 97.0}) {
    EXPECT_EQ(run_feature("aroon_up", {n}, bars).back(), 100.0) << n;
    EXPECT_EQ(run_feature("aroon_down", {n}, bars).back(), 0.0) << n;
    EXPECT_EQ(run_feature("aroon_oscillator", {n}, bars).back(), 100.0) << n;
  }
}

TEST(DirectionalFeatures, AroonTakesTheLatestOfEqualHighs) {
  market::Bars bars = made_bars(6, 78);
  bars.high = {5, 9, 7, 9, 8, 6};
  EXPECT_EQ(run_feature("aroon_up", {4}, bars)[4], 75.0);
  EXPECT_EQ(run_feature("aroon_up", {4}, bars)[5], 50.0);
}

TEST(DirectionalFeatures, VortexSumsMovementAgainstTheBarBefore) {
  const market::Bars bars = bars_with_still_stretches(79);
  const Plain high = plain(bars.high), low = plain(bars.low);
  const auto distance = [](long double a, long double b) { return std::abs(a - b); };
  const auto ratio = [](long double a, long double b) { return b == 0 ? 1.0L : a / b; };
  for (const int n : {14, 5}) {
    const Plain path = plain_sum(plain_true_range(bars), n);
    const std::vector<double> parameters{static_cast<double>(n)};
    expect_near(run_feature("vortex_plus", parameters, bars),
                rounded(combined(plain_sum(combined(high, plain_lag(low, 1), distance), n), path, ratio)),
                1e-12);
    expect_near(run_feature("vortex_minus", parameters, bars),
                rounded(combined(plain_sum(combined(low, plain_lag(high, 1), distance), n), path, ratio)),
                1e-12);
  }
}

TEST(DirectionalFeatures, HaveNeutralValuesWhenNothingMoves) {
  const market::Bars bars = made_bars(100, 80, {.flat_share = 1});
  for (const char* name : {"plus_di", "minus_di", "adx", "parabolic_sar_distance", "true_range"})
    EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 0.0) << name;
  for (const char* name : {"vortex_plus", "vortex_minus"})
    EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 1.0) << name;
}

}  // namespace
}  // namespace regimetry::features
