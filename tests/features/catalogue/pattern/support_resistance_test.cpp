// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-13;
constexpr long double kNaN = std::numeric_limits<long double>::quiet_NaN();

Plain logs(const Plain& x) {
  return plain_each(x.size(), [&](std::size_t i) { return std::log(x[i]); });
}

TEST(SupportResistanceFeatures, DistancesAreToTheExtremesOfTheBarsBefore) {
  const market::Bars bars = bars_with_still_stretches(91);
  for (const int n : {60, 7}) {
    const Plain high = plain_lag(plain_highest(plain(bars.high), n), 1);
    const Plain low = plain_lag(plain_lowest(plain(bars.low), n), 1);
    const Plain close = logs(plain(bars.close));
    expect_near(run_feature("resistance_distance", {1.0 * n}, bars), rounded(logs(high) - close), kTolerance);
    expect_near(run_feature("support_distance", {1.0 * n}, bars), rounded(close - logs(low)), kTolerance);
  }
}

TEST(SupportResistanceFeatures, BreakoutsLeaveTheRangeOfTheBarsBefore) {
  const market::Bars bars = bars_with_still_stretches(92);
  const Plain high = plain(bars.high), low = plain(bars.low), close = plain(bars.close);
  Plain range(close.size(), kNaN);
  for (std::size_t i = 1; i < range.size(); ++i)
    range[i] =
        std::max({high[i] - low[i], std::abs(high[i] - close[i - 1]), std::abs(low[i] - close[i - 1])});
  for (const int n : {20, 4}) {
    const Plain top = plain_lag(plain_highest(high, n), 1), bottom = plain_lag(plain_lowest(low, n), 1);
    const Plain beyond = plain_each(close.size(), [&](std::size_t i) {
      if (std::isnan(top[i])) return kNaN;
      if (close[i] > top[i]) return close[i] - top[i];
      return close[i] < bottom[i] ? close[i] - bottom[i] : 0.0L;
    });
    const Plain direction = plain_each(close.size(), [&](std::size_t i) {
      return std::isnan(beyond[i]) ? kNaN : static_cast<long double>((beyond[i] > 0) - (beyond[i] < 0));
    });
    const Plain strength = plain_ratio(beyond, plain_mean(range, n), 0);
    expect_near(run_feature("breakout", {1.0 * n}, bars), rounded(direction), 0);
    expect_near(run_feature("breakout_strength", {1.0 * n}, bars), rounded(strength), 1e-12);
    EXPECT_TRUE(std::count(direction.begin(), direction.end(), 1.0L) > 0 &&
                std::count(direction.begin(), direction.end(), -1.0L) > 0);
  }
}

TEST(SupportResistanceFeatures, ABarDoesNotCountAmongItsOwnBarriers) {
  market::Bars bars = made_bars(3, 1);
  bars.high = {10, 11, 15};
  bars.low = {9, 10, 11};
  bars.close = {9.5, 10.5, 14};
  bars.open = bars.close;
  EXPECT_EQ(run_feature("breakout", {2}, bars)[2], 1.0);
  EXPECT_DOUBLE_EQ(run_feature("resistance_distance", {2}, bars)[2], std::log(11.0 / 14));
  // True ranges 11 - 9.5 = 1.5 and 15 - 10.5 = 4.5, their mean 3.
  EXPECT_DOUBLE_EQ(run_feature("breakout_strength", {2}, bars)[2], (14.0 - 11) / 3);
}

TEST(SupportResistanceFeatures, SlopesAreThoseOfLogPrices) {
  const market::Bars bars = bars_with_still_stretches(93);
  for (const int n : {20, 2}) {
    const Plain above = plain_slope(logs(plain(bars.high)), n), below = plain_slope(logs(plain(bars.low)), n);
    expect_near(run_feature("resistance_slope", {1.0 * n}, bars), rounded(above), kTolerance);
    expect_near(run_feature("support_slope", {1.0 * n}, bars), rounded(below), kTolerance);
    expect_near(run_feature("channel_convergence", {1.0 * n}, bars), rounded(below - above), kTolerance);
  }
}

TEST(SupportResistanceFeatures, TakeTheirNeutralValuesOnFlatBars) {
  const market::Bars bars = made_bars(100, 94, {.flat_share = 1});
  for (const char* name : {"resistance_distance", "support_distance", "breakout", "breakout_strength",
                           "resistance_slope", "support_slope", "channel_convergence"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
}

}  // namespace
}  // namespace regimetry::features
