#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::expect_near;
using testing::made_bars;
using testing::reference;
using testing::run_feature;

market::Bars one_bar(double open, double high, double low, double close) {
  market::Bars bars = made_bars(1, 1);
  bars.open = {open};
  bars.high = {high};
  bars.low = {low};
  bars.close = {close};
  return bars;
}

double on_one_bar(const std::string& name, const market::Bars& bar) {
  return run_feature(name, {}, bar).at(0);
}

TEST(BarShapeFeatures, MeasureABarByHand) {
  const market::Bars down = one_bar(14, 20, 10, 12);
  EXPECT_DOUBLE_EQ(on_one_bar("body_ratio", down), -0.2);
  EXPECT_DOUBLE_EQ(on_one_bar("upper_shadow", down), 0.6);
  EXPECT_DOUBLE_EQ(on_one_bar("lower_shadow", down), 0.2);
  EXPECT_DOUBLE_EQ(on_one_bar("close_location", down), 0.2);
  EXPECT_DOUBLE_EQ(on_one_bar("bar_range", down), std::log(2.0));
}

TEST(BarShapeFeatures, AFlatBarHasNoShape) {
  const market::Bars flat = one_bar(7, 7, 7, 7);
  for (const char* name : {"body_ratio", "upper_shadow", "lower_shadow", "bar_range"})
    EXPECT_EQ(on_one_bar(name, flat), 0.0) << name;
  EXPECT_EQ(on_one_bar("close_location", flat), 0.5);
}

TEST(BarShapeFeatures, ACloseAtTheEndOfTheBarIsExactlyThere) {
  EXPECT_EQ(on_one_bar("close_location", one_bar(0.3, 0.7, 0.1, 0.7)), 1.0);
  EXPECT_EQ(on_one_bar("close_location", one_bar(0.3, 0.7, 0.1, 0.1)), 0.0);
}

TEST(BarShapeFeatures, APriceThatIsMissingLeavesNoShape) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  for (const market::Bars& bar :
       {one_bar(kNaN, 20, 10, 12), one_bar(14, 20, 10, kNaN), one_bar(kNaN, 20, 20, kNaN)}) {
    for (const char* name : {"body_ratio", "upper_shadow", "lower_shadow"})
      EXPECT_TRUE(std::isnan(on_one_bar(name, bar))) << name;
  }
  EXPECT_TRUE(std::isnan(on_one_bar("close_location", one_bar(14, kNaN, 10, 12))));
  EXPECT_TRUE(std::isnan(on_one_bar("bar_range", one_bar(14, 20, kNaN, 12))));
}

TEST(BarShapeFeatures, StayInRangeOnBarsThatContradictThemselves) {
  const market::Bars no_open = one_bar(0, 70, 69, 70);  // as in index data of the sixties
  EXPECT_EQ(on_one_bar("body_ratio", no_open), 1.0);
  EXPECT_EQ(on_one_bar("upper_shadow", no_open), 0.0);
  EXPECT_EQ(on_one_bar("lower_shadow", no_open), 0.0);
  const market::Bars close_above_high = one_bar(69, 70, 69, 75);
  EXPECT_EQ(on_one_bar("close_location", close_above_high), 1.0);
  EXPECT_EQ(on_one_bar("upper_shadow", close_above_high), 0.0);
  EXPECT_EQ(run_feature("range_position", {1}, close_above_high).at(0), 1.0);
  const market::Bars close_below_low = one_bar(69, 70, 69, 60);
  EXPECT_EQ(on_one_bar("close_location", close_below_low), 0.0);
  EXPECT_EQ(on_one_bar("body_ratio", close_below_low), -1.0);
}

TEST(BarShapeFeatures, AgreeWithTheirDefinitions) {
  const market::Bars bars = made_bars(300, 33, {.flat_share = 0.1});
  struct Case {
    const char* name;
    long double (*part)(long double open, long double high, long double low, long double close);
    long double when_flat;
  };
  for (const Case& one : {
           Case{"body_ratio", [](auto o, auto, auto, auto c) { return c - o; }, 0},
           Case{"upper_shadow", [](auto o, auto h, auto, auto c) { return h - std::max(o, c); }, 0},
           Case{"lower_shadow", [](auto o, auto, auto l, auto c) { return std::min(o, c) - l; }, 0},
           Case{"close_location", [](auto, auto, auto l, auto c) { return c - l; }, 0.5},
       }) {
    SCOPED_TRACE(one.name);
    expect_near(run_feature(one.name, {}, bars),
                reference(bars, 0,
                          [&](std::size_t i) {
                            const long double range = static_cast<long double>(bars.high[i]) - bars.low[i];
                            return range == 0
                                       ? one.when_flat
                                       : one.part(bars.open[i], bars.high[i], bars.low[i], bars.close[i]) /
                                             range;
                          }),
                1e-15);
  }
  expect_near(run_feature("bar_range", {}, bars),
              reference(bars, 0,
                        [&](std::size_t i) {
                          return std::log(static_cast<long double>(bars.high[i]) / bars.low[i]);
                        }),
              1e-15);
}

}  // namespace
}  // namespace regimetry::features
