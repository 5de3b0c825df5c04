// Bar shapes by hand, and against plain references that spell the definitions out with branches.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <limits>
#include <vector>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Bar {
  double open, high, low, close;
};

market::Bars bars_of(std::initializer_list<Bar> shapes) {
  market::Bars bars = made_bars(static_cast<std::int64_t>(shapes.size()), 1);
  std::size_t i = 0;
  for (const Bar& bar : shapes) {
    bars.open[i] = bar.open;
    bars.high[i] = bar.high;
    bars.low[i] = bar.low;
    bars.close[i++] = bar.close;
  }
  return bars;
}

// Prices in whole steps, so that equal ones and all shapes occur.
market::Bars coarse_bars(std::int64_t count, std::uint64_t seed) {
  market::Bars bars = made_bars(count, seed, {.flat_share = 0.1});
  for (auto* column : {&bars.open, &bars.high, &bars.low, &bars.close})
    for (double& value : *column) value = std::round(value * 1.5);
  return bars;
}

// shape(i) from bar `first` on, missing before; every answer in `wanted` must occur.
void expect_shape(const char* name, const std::vector<double>& parameters, const market::Bars& bars,
                  std::size_t first, const std::function<double(std::size_t)>& shape,
                  std::initializer_list<double> wanted) {
  std::vector<double> expected(bars.close.size(), kNaN);
  for (std::size_t i = first; i < expected.size(); ++i) expected[i] = shape(i);
  EXPECT_NO_FATAL_FAILURE(expect_near(run_feature(name, parameters, bars), expected, 0)) << name;
  for (const double value : wanted)
    EXPECT_GT(std::count(expected.begin(), expected.end(), value), 0) << name << " never is " << value;
}

double last_of(const char* name, const std::vector<double>& parameters, const market::Bars& bars) {
  return run_feature(name, parameters, bars).back();
}

TEST(CandleFeatures, InsideAndOutsideBars) {
  EXPECT_EQ(last_of("inside_outside", {}, bars_of({{5, 8, 4, 6}, {5, 9, 3, 6}})), 1.0);
  EXPECT_EQ(last_of("inside_outside", {}, bars_of({{5, 8, 4, 6}, {5, 7, 5, 6}})), -1.0);
  EXPECT_EQ(last_of("inside_outside", {}, bars_of({{5, 8, 4, 6}, {5, 8, 3, 6}})), 0.0);  // equal highs
  const market::Bars bars = coarse_bars(600, 111);
  expect_shape("inside_outside", {}, bars, 1,
               [&](std::size_t i) {
                 if (bars.high[i] > bars.high[i - 1] && bars.low[i] < bars.low[i - 1]) return 1.0;
                 return bars.high[i] < bars.high[i - 1] && bars.low[i] > bars.low[i - 1] ? -1.0 : 0.0;
               },
               {-1, 0, 1});
}

TEST(CandleFeatures, EngulfingBodies) {
  EXPECT_EQ(last_of("engulfing", {}, bars_of({{6, 7, 4, 5}, {4.5, 8, 4, 6.5}})), 1.0);
  EXPECT_EQ(last_of("engulfing", {}, bars_of({{5, 7, 4, 6}, {6.5, 8, 4, 4.5}})), -1.0);
  EXPECT_EQ(last_of("engulfing", {}, bars_of({{6, 7, 4, 5}, {5, 8, 4, 6}})), 0.0);      // not longer
  EXPECT_EQ(last_of("engulfing", {}, bars_of({{5, 7, 4, 6}, {4.5, 8, 4, 6.5}})), 0.0);  // same direction
  const market::Bars bars = coarse_bars(600, 112);
  expect_shape(
      "engulfing", {}, bars, 1,
      [&](std::size_t i) {
        const double open = bars.open[i], close = bars.close[i];
        const double open_before = bars.open[i - 1], close_before = bars.close[i - 1];
        if (std::abs(close - open) <= std::abs(close_before - open_before)) return 0.0;
        if (close_before < open_before && close > open && open <= close_before && close >= open_before)
          return 1.0;
        if (close_before > open_before && close < open && open >= close_before && close <= open_before)
          return -1.0;
        return 0.0;
      },
      {-1, 0, 1});
}

TEST(CandleFeatures, Doji) {
  EXPECT_EQ(last_of("doji", {0.1}, bars_of({{5, 6, 4, 5.1}})), 1.0);
  EXPECT_EQ(last_of("doji", {0.1}, bars_of({{5, 6, 4, 4.7}})), 0.0);
  EXPECT_EQ(last_of("doji", {0.2}, bars_of({{5, 6, 4, 4.7}})), 1.0);
  EXPECT_EQ(last_of("doji", {0.1}, bars_of({{5, 5, 5, 5}})), 0.0);  // no range, no shape
  const market::Bars bars = coarse_bars(400, 113);
  for (const double share : {0.1, 0.3}) {
    expect_shape("doji", {share}, bars, 0,
                 [&](std::size_t i) {
                   const double range = bars.high[i] - bars.low[i];
                   return range > 0 && std::abs(bars.close[i] - bars.open[i]) <= share * range ? 1.0 : 0.0;
                 },
                 {0, 1});
  }
}

TEST(CandleFeatures, HammerAfterAFallAndStarAfterARise) {
  const Bar falling{10, 11, 8, 9}, fallen{9, 10, 7, 8}, hammer{7, 8, 3, 8};
  EXPECT_EQ(last_of("hammer", {1, 2}, bars_of({falling, fallen, hammer})), 1.0);
  EXPECT_EQ(last_of("hammer", {1, 2}, bars_of({fallen, falling, hammer})), 0.0);  // after a rise
  EXPECT_EQ(last_of("hammer", {1, 5}, bars_of({falling, fallen, hammer})), 0.0);  // four bodies, five wanted
  const Bar star{8, 13, 8, 9};
  EXPECT_EQ(last_of("hammer", {1, 2}, bars_of({fallen, falling, star})), -1.0);
  EXPECT_EQ(last_of("hammer", {1, 2}, bars_of({falling, fallen, {5, 5, 5, 5}})), 0.0);
  const market::Bars bars = coarse_bars(1'500, 114);
  for (const auto& [trend, ratio] : {std::pair{5U, 2.0}, std::pair{2U, 1.0}}) {
    expect_shape("hammer", {1.0 * trend, ratio}, bars, trend + 1,
                 [&, k = trend, r = ratio](std::size_t i) {
                   const double top = std::max(bars.open[i], bars.close[i]),
                                bottom = std::min(bars.open[i], bars.close[i]);
                   const double upper = bars.high[i] - top, lower = bottom - bars.low[i];
                   const double range = bars.high[i] - bars.low[i];
                   if (range == 0) return 0.0;
                   const double before = bars.close[i - 1], earlier = bars.close[i - 1 - k];
                   if (lower >= r * (top - bottom) && upper <= 0.1 * range && before < earlier) return 1.0;
                   if (upper >= r * (top - bottom) && lower <= 0.1 * range && before > earlier) return -1.0;
                   return 0.0;
                 },
                 {-1, 0, 1});
  }
}

TEST(CandleFeatures, ConsecutiveDirectionCountsTheRun) {
  market::Bars bars = made_bars(9, 1);
  bars.close = {5, 6, 7, 7, 6, 5, 4, 5, 5};
  const std::vector<double> runs = run_feature("consecutive_direction", {}, bars);
  EXPECT_TRUE(std::isnan(runs[0]));
  EXPECT_EQ(std::vector<double>(runs.begin() + 1, runs.end()),
            (std::vector<double>{1, 2, 0, -1, -2, -3, 1, 0}));
}

TEST(CandleFeatures, ConsecutiveDirectionStopsAtTwenty) {
  market::Bars bars = made_bars(60, 1);
  for (std::size_t i = 0; i < 60; ++i) bars.close[i] = static_cast<double>(i < 30 ? 100 + i : 160 - i);
  const std::vector<double> runs = run_feature("consecutive_direction", {}, bars);
  EXPECT_EQ(*std::max_element(runs.begin() + 1, runs.end()), 20.0);
  EXPECT_EQ(runs.back(), -20.0);
}

TEST(CandleFeatures, ThreeBarReversal) {
  const Bar fall{10, 11, 8, 9}, low{9, 10, 7, 8}, up{8, 12, 8, 11.5};
  EXPECT_EQ(last_of("three_bar_reversal", {}, bars_of({fall, low, up})), 1.0);
  EXPECT_EQ(last_of("three_bar_reversal", {}, bars_of({fall, low, {8, 12, 8, 11}})), 0.0);    // not above 11
  EXPECT_EQ(last_of("three_bar_reversal", {}, bars_of({fall, low, {8, 12, 6, 11.5}})), 0.0);  // a new low
  const Bar rise{9, 11, 8, 10}, top{10, 12, 9, 11}, down{11, 11, 7, 7.5};
  EXPECT_EQ(last_of("three_bar_reversal", {}, bars_of({rise, top, down})), -1.0);
  const market::Bars bars = coarse_bars(1'500, 115);
  expect_shape("three_bar_reversal", {}, bars, 2,
               [&](std::size_t i) {
                 const auto& high = bars.high;
                 const auto& low_of = bars.low;
                 const double body = bars.close[i - 2] - bars.open[i - 2];
                 if (body < 0 && low_of[i - 1] < low_of[i - 2] && low_of[i - 1] < low_of[i] &&
                     bars.close[i] > std::max(high[i - 2], high[i - 1]))
                   return 1.0;
                 if (body > 0 && high[i - 1] > high[i - 2] && high[i - 1] > high[i] &&
                     bars.close[i] < std::min(low_of[i - 2], low_of[i - 1]))
                   return -1.0;
                 return 0.0;
               },
               {-1, 0, 1});
}

TEST(CandleFeatures, MorningAndEveningStars) {
  const Bar fall{20, 20, 10, 10}, pause{9, 10, 7, 8}, rise{10, 17, 10, 16};
  EXPECT_EQ(last_of("star", {}, bars_of({fall, pause, rise})), 1.0);
  EXPECT_EQ(last_of("star", {}, bars_of({fall, pause, {10, 15, 10, 15}})), 0.0);  // only to the middle
  EXPECT_EQ(last_of("star", {}, bars_of({fall, {9, 9, 4, 5}, rise})), 0.0);       // a body of 4 is no pause
  EXPECT_EQ(last_of("star", {}, bars_of({{10, 20, 10, 20}, {21, 23, 20, 22}, {20, 20, 13, 14}})), -1.0);
  const market::Bars bars = coarse_bars(6'000, 116);
  expect_shape("star", {}, bars, 2,
               [&](std::size_t i) {
                 const double body1 = bars.close[i - 2] - bars.open[i - 2],
                              body3 = bars.close[i] - bars.open[i];
                 const double top = std::max(bars.open[i - 1], bars.close[i - 1]);
                 const double bottom = std::min(bars.open[i - 1], bars.close[i - 1]);
                 const double middle = (bars.open[i - 2] + bars.close[i - 2]) / 2;
                 if (top - bottom > 0.3 * std::abs(body1)) return 0.0;
                 if (body1 < 0 && top < bars.close[i - 2] && body3 > 0 && bars.close[i] > middle) return 1.0;
                 if (body1 > 0 && bottom > bars.close[i - 2] && body3 < 0 && bars.close[i] < middle)
                   return -1.0;
                 return 0.0;
               },
               {-1, 0, 1});
}

TEST(CandleFeatures, AMissingBarIsNeverReadAsNoPattern) {
  market::Bars bars = made_bars(60, 117);
  for (auto* column : {&bars.open, &bars.high, &bars.low, &bars.close}) (*column)[30] = kNaN;
  for (const char* name : {"inside_outside", "engulfing", "three_bar_reversal", "star"}) {
    EXPECT_TRUE(std::isnan(run_feature(name, {}, bars)[30])) << name;
    EXPECT_TRUE(std::isnan(run_feature(name, {}, bars)[31])) << name;
  }
  EXPECT_TRUE(std::isnan(run_feature("doji", {0.1}, bars)[30]));
  EXPECT_TRUE(std::isnan(run_feature("hammer", {5, 2}, bars)[36]));
  EXPECT_FALSE(std::isnan(run_feature("hammer", {5, 2}, bars)[37]));
}

}  // namespace
}  // namespace regimetry::features
