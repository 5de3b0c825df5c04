#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::expect_near;
using testing::made_bars;
using testing::mean_of;
using testing::Plain;
using testing::plain_after;
using testing::reference;
using testing::run_feature;
using testing::window;

long double highest(const Plain& values) {
  return *std::max_element(values.begin(), values.end());
}
long double lowest(const Plain& values) {
  return *std::min_element(values.begin(), values.end());
}

class PricePositionFeatures : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] std::size_t n() const { return GetParam(); }
  [[nodiscard]] std::vector<double> run(const char* name) const {
    return run_feature(name, {static_cast<double>(n())}, bars_);
  }
  template <typename Value>
  [[nodiscard]] std::vector<double> expected(Value value) const {
    return reference(bars_, static_cast<std::int64_t>(n()) - 1, value);
  }

  market::Bars bars_ = made_bars(600, 34, {.flat_share = 0.4});
};

TEST_P(PricePositionFeatures, RangePositionLiesBetweenLowestLowAndHighestHigh) {
  expect_near(run("range_position"), expected([&](std::size_t i) {
                const long double high = highest(window(bars_.high, i, n()));
                const long double low = lowest(window(bars_.low, i, n()));
                return high == low ? 0.5L : (bars_.close[i] - low) / (high - low);
              }),
              1e-15);
}

TEST_P(PricePositionFeatures, RangeRatioComparesWithTheMeanRange) {
  const Plain ranges = plain_after(0, bars_.size(), [&](std::size_t i) {
    return std::log(static_cast<long double>(bars_.high[i]) / bars_.low[i]);
  });
  expect_near(run("range_ratio"), expected([&](std::size_t i) {
                const long double mean = mean_of(window(ranges, i, n()));
                return mean == 0 ? 1.0L : ranges[i] / mean;
              }),
              1e-14);
}

TEST_P(PricePositionFeatures, DrawdownAndDrawupMeasureFromTheExtremeCloses) {
  expect_near(run("drawdown"), expected([&](std::size_t i) {
                return std::log(bars_.close[i] / highest(window(bars_.close, i, n())));
              }),
              1e-15);
  expect_near(run("drawup"), expected([&](std::size_t i) {
                return std::log(bars_.close[i] / lowest(window(bars_.close, i, n())));
              }),
              1e-15);
}

TEST_P(PricePositionFeatures, BarsSinceTheExtremesAreAShareOfTheWindow) {
  const auto share_since = [&](std::size_t i, long double extreme) {
    std::size_t age = 0;
    while (static_cast<long double>(bars_.close[i - age]) != extreme) ++age;
    return static_cast<long double>(age) / static_cast<long double>(n());
  };
  expect_near(run("bars_since_high"),
              expected([&](std::size_t i) { return share_since(i, highest(window(bars_.close, i, n()))); }),
              1e-15);
  expect_near(run("bars_since_low"),
              expected([&](std::size_t i) { return share_since(i, lowest(window(bars_.close, i, n()))); }),
              1e-15);
}

INSTANTIATE_TEST_SUITE_P(Periods, PricePositionFeatures, ::testing::Values(3, 20, 252));

TEST(PricePositionFeaturesWhenNothingMoves, AreNeutral) {
  const market::Bars bars = made_bars(30, 35, {.flat_share = 1});
  EXPECT_EQ(run_feature("range_position", {20}, bars).back(), 0.5);
  EXPECT_EQ(run_feature("range_ratio", {20}, bars).back(), 1.0);
  for (const char* name : {"drawdown", "drawup", "bars_since_high", "bars_since_low"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
}

}  // namespace
}  // namespace regimetry::features
