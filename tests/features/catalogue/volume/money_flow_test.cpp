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

constexpr double kTolerance = 1e-12;
constexpr long double kNaN = std::numeric_limits<long double>::quiet_NaN();

// On-balance volume, 0 on the first bar.
Plain plain_obv(const market::Bars& bars) {
  long double total = 0;
  return plain_each(bars.close.size(), [&](std::size_t i) {
    if (i > 0 && bars.close[i] > bars.close[i - 1]) total += bars.volume[i];
    if (i > 0 && bars.close[i] < bars.close[i - 1]) total -= bars.volume[i];
    return total;
  });
}

Plain plain_accumulated(const market::Bars& bars) {
  const Plain high = plain(bars.high), low = plain(bars.low), close = plain(bars.close);
  return plain_ratio((close - low) - (high - close), high - low, 0) * plain(bars.volume);
}

TEST(MoneyFlowFeatures, OnBalanceVolumeByHand) {
  market::Bars bars = made_bars(5, 1);
  bars.close = {10, 11, 11, 9, 10};
  bars.volume = {100, 20, 30, 40, 0.5};
  const std::vector<double> obv = run_feature("obv", {}, bars);
  EXPECT_TRUE(std::isnan(obv[0]));
  EXPECT_EQ(std::vector<double>(obv.begin() + 1, obv.end()), (std::vector<double>{20, 20, -20, -19.5}));
}

TEST(MoneyFlowFeatures, RunningTotalsAddUpFromTheStart) {
  const market::Bars bars = bars_with_still_stretches(71);
  Plain obv = plain_obv(bars);
  obv[0] = kNaN;
  expect_near(run_feature("obv", {}, bars), rounded(obv), kTolerance);
  expect_near(run_feature("accumulation_distribution", {}, bars),
              rounded(plain_total(plain_accumulated(bars))), kTolerance);
}

TEST(MoneyFlowFeatures, SlopesAreThoseOfTheRunningTotals) {
  const market::Bars bars = bars_with_still_stretches(72);
  for (const int n : {20, 5, 2}) {
    const Plain usual = plain_mean(plain(bars.volume), n);
    expect_near(run_feature("obv_slope", {1.0 * n}, bars),
                rounded(plain_ratio(plain_slope(plain_obv(bars), n), usual, 0)), kTolerance);
    const Plain line = plain_total(plain_accumulated(bars));
    expect_near(run_feature("accumulation_slope", {1.0 * n}, bars),
                rounded(plain_ratio(plain_slope(line, n), usual, 0)), kTolerance);
  }
}

TEST(MoneyFlowFeatures, SlopesDoNotDependOnWhereTheHistoryStarts) {
  const market::Bars bars = made_bars(300, 73);
  market::Bars later = bars;
  for (auto* column : {&later.open, &later.high, &later.low, &later.close, &later.volume})
    column->erase(column->begin(), column->begin() + 137);
  later.timestamps.erase(later.timestamps.begin(), later.timestamps.begin() + 137);
  for (const char* name : {"obv_slope", "accumulation_slope"})
    EXPECT_NEAR(run_feature(name, {20}, bars).back(), run_feature(name, {20}, later).back(), 1e-13) << name;
}

TEST(MoneyFlowFeatures, SlopesReachOneWhenAllVolumeIsOnOneSide) {
  market::Bars bars = made_bars(60, 74);
  for (std::size_t i = 0; i < 60; ++i) {
    bars.close[i] = bars.high[i] = 100 + static_cast<double>(i);
    bars.open[i] = bars.low[i] = 99 + static_cast<double>(i);
    bars.volume[i] = 500;
  }
  EXPECT_NEAR(run_feature("obv_slope", {20}, bars).back(), 1, 1e-14);
  EXPECT_NEAR(run_feature("accumulation_slope", {20}, bars).back(), 1, 1e-14);
  EXPECT_EQ(run_feature("chaikin_money_flow", {20}, bars).back(), 1);
  EXPECT_EQ(run_feature("mfi", {14}, bars).back(), 100);
}

TEST(MoneyFlowFeatures, MoneyFlowAndOscillatorAreChaikins) {
  const market::Bars bars = bars_with_still_stretches(75);
  const Plain line = plain_total(plain_accumulated(bars));
  for (const auto& [n, fast, slow] : {std::array{20, 3, 10}, std::array{4, 1, 7}}) {
    expect_near(
        run_feature("chaikin_money_flow", {1.0 * n}, bars),
        rounded(plain_ratio(plain_sum(plain_accumulated(bars), n), plain_sum(plain(bars.volume), n), 0)),
        kTolerance);
    // The oscillator is of the size of a day's volume, a thousand.
    expect_near(run_feature("chaikin_oscillator", {1.0 * fast, 1.0 * slow}, bars),
                rounded(plain_exponential(line, fast) - plain_exponential(line, slow)), 1e-10);
  }
}

TEST(MoneyFlowFeatures, MoneyFlowIndexSumsRisingAndFallingBars) {
  const market::Bars bars = bars_with_still_stretches(76);
  const Plain typical = (1 / 3.0L) * (plain(bars.high) + plain(bars.low) + plain(bars.close));
  const Plain change = plain_change(typical);
  const auto flow = [&](long double sign) {
    return plain_each(change.size(), [&, sign](std::size_t i) {
      // Two equal typical prices may differ by a rounding of the mean of three.
      if (std::isnan(change[i])) return kNaN;
      return sign * change[i] > 1e-12L ? typical[i] * bars.volume[i] : 0.0L;
    });
  };
  for (const int n : {14, 3}) {
    const Plain in = plain_sum(flow(1), n), out = plain_sum(flow(-1), n);
    expect_near(run_feature("mfi", {1.0 * n}, bars), rounded(100 * plain_ratio(in, in + out, 0.5L)),
                kTolerance);
  }
}

TEST(MoneyFlowFeatures, TakeTheirNeutralValuesWhenNothingTrades) {
  const market::Bars bars = made_bars(100, 77, {.flat_share = 1});
  for (const char* name : {"obv_slope", "accumulation_slope", "chaikin_money_flow"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
  EXPECT_EQ(run_feature("mfi", {14}, bars).back(), 50.0);
  EXPECT_EQ(run_feature("chaikin_oscillator", {3, 10}, bars).back(), 0.0);
}

}  // namespace
}  // namespace regimetry::features
