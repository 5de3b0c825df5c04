// Returns against their definitions in long double.
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
using testing::plain;
using testing::plain_log_return;
using testing::reference;
using testing::run_feature;

class ReturnFeatures : public ::testing::Test {
 protected:
  market::Bars bars_ = made_bars(400, 31, {.flat_share = 0.1});
};

TEST_F(ReturnFeatures, ReturnsCompareWithTheValueOfNBarsBefore) {
  for (const int n : {1, 22}) {
    const auto period = static_cast<double>(n);
    const auto returns = plain_log_return(plain(bars_.close), n);
    expect_near(run_feature("log_return", {period}, bars_),
                reference(bars_, n, [&](std::size_t i) { return returns[i]; }), 1e-15);
    expect_near(run_feature("negative_return", {period}, bars_),
                reference(bars_, n, [&](std::size_t i) { return std::min(0.0L, returns[i]); }), 1e-15);
    expect_near(
        run_feature("simple_return", {period}, bars_),
        reference(bars_, n,
                  [&](std::size_t i) {
                    return static_cast<long double>(bars_.close[i]) /
                               static_cast<long double>(bars_.close[i - static_cast<std::size_t>(n)]) -
                           1;
                  }),
        1e-15);
  }
}

TEST_F(ReturnFeatures, TheNightAndTheDayAddUpToTheReturn) {
  const auto gap = run_feature("overnight_gap", {}, bars_), day = run_feature("intraday_return", {}, bars_);
  const auto returns = plain_log_return(plain(bars_.close));
  expect_near(gap,
              reference(bars_, 1,
                        [&](std::size_t i) {
                          return std::log(static_cast<long double>(bars_.open[i]) / bars_.close[i - 1]);
                        }),
              1e-15);
  expect_near(day,
              reference(bars_, 0,
                        [&](std::size_t i) {
                          return std::log(static_cast<long double>(bars_.close[i]) / bars_.open[i]);
                        }),
              1e-15);
  for (std::size_t i = 1; i < gap.size(); ++i)
    EXPECT_NEAR(gap[i] + day[i], static_cast<double>(returns[i]), 1e-15) << i;
}

TEST_F(ReturnFeatures, KeepsTheDigitsOfACentInAMillion) {
  bars_.close = {1'000'000.00, 1'000'000.01};
  bars_.open = bars_.high = bars_.low = bars_.volume = bars_.close;
  bars_.timestamps.resize(2);
  const long double exact =
      std::log1p((static_cast<long double>(bars_.close[1]) - bars_.close[0]) / bars_.close[0]);
  EXPECT_NEAR(run_feature("log_return", {1}, bars_)[1], static_cast<double>(exact), 1e-23);
}

TEST_F(ReturnFeatures, AReturnFromOrToNothingIsMissingAndNeverInfinite) {
  bars_.close[50] = 0;
  bars_.close[60] = -37.63;  // oil, 20 April 2020
  const auto log_return = run_feature("log_return", {1}, bars_);
  const auto simple_return = run_feature("simple_return", {1}, bars_);
  for (const std::size_t i : {50, 51, 60, 61}) EXPECT_TRUE(std::isnan(log_return[i])) << i;
  EXPECT_FALSE(std::isnan(log_return[52]));
  EXPECT_EQ(simple_return[50], -1.0);
  EXPECT_TRUE(std::isnan(simple_return[51]));
  EXPECT_LT(simple_return[60], -1.0);
  EXPECT_TRUE(std::isnan(simple_return[61]));  // a share of less than nothing has no meaning
}

}  // namespace
}  // namespace regimetry::features
