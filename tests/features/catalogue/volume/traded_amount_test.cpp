// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <cmath>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-12;

TEST(TradedAmountFeatures, CompareVolumeWithItsMean) {
  const market::Bars bars = bars_with_still_stretches(61);
  const Plain volume = plain(bars.volume);
  const Plain one = plain_each(volume.size(), [](std::size_t) { return 1.0L; });
  for (const auto& [fast, slow] : {std::pair{5, 20}, std::pair{3, 9}}) {
    expect_near(run_feature("volume_ratio", {1.0 * slow}, bars),
                rounded(plain_ratio(volume, plain_mean(volume, slow), 1)), kTolerance);
    const Plain share = plain_ratio(plain_mean(volume, fast), plain_mean(volume, slow), 1);
    expect_near(run_feature("volume_oscillator", {1.0 * fast, 1.0 * slow}, bars), rounded(share - one),
                kTolerance);
  }
}

TEST(TradedAmountFeatures, VolumeScoreUsesThePopulationDeviation) {
  const market::Bars bars = bars_with_still_stretches(62);
  const Plain volume = plain(bars.volume);
  for (const int n : {20, 6}) {
    const Plain variance = plain_variance(volume, n);
    const Plain deviation = plain_each(volume.size(), [&](std::size_t i) { return std::sqrt(variance[i]); });
    expect_near(run_feature("volume_zscore", {1.0 * n}, bars),
                rounded(plain_ratio(volume - plain_mean(volume, n), deviation, 0)), 1e-11);
  }
}

TEST(TradedAmountFeatures, TakeTheirNeutralValuesWhenNothingTrades) {
  const market::Bars bars = made_bars(300, 63, {.flat_share = 1});
  EXPECT_EQ(run_feature("volume_ratio", {20}, bars).back(), 1.0);
  EXPECT_EQ(run_feature("volume_zscore", {20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("volume_oscillator", {5, 20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("dollar_volume", {}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("amihud_illiquidity", {20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("amihud_ratio", {20, 120}, bars).back(), 0.0);
}

TEST(TradedAmountFeatures, DollarVolumeIsPriceTimesVolume) {
  const market::Bars bars = bars_with_still_stretches(64);
  expect_near(run_feature("dollar_volume", {}, bars), rounded(plain(bars.close) * plain(bars.volume)),
              kTolerance);
}

Plain plain_illiquidity(const market::Bars& bars, int n) {
  const Plain moved = plain_size(plain_log_return(plain(bars.close)));
  return plain_each(moved.size(), [&](std::size_t i) {
    if (i < static_cast<std::size_t>(n)) return moved[0];  // missing
    long double sum = 0;
    int traded = 0;
    for (std::size_t j = i + 1 - static_cast<std::size_t>(n); j <= i; ++j) {
      if (bars.volume[j] == 0) continue;
      sum += moved[j] / (static_cast<long double>(bars.close[j]) * bars.volume[j]);
      ++traded;
    }
    return traded == 0 ? 0.0L : sum / traded;
  });
}

TEST(TradedAmountFeatures, IlliquidityIsAmihudsOverTheBarsThatTraded) {
  const market::Bars bars = bars_with_still_stretches(65);
  const Plain one = plain_each(bars.close.size(), [](std::size_t) { return 1.0L; });
  for (const auto& [fast, slow] : {std::pair{20, 120}, std::pair{4, 30}}) {
    const Plain expected = plain_illiquidity(bars, fast);
    // Of the size of 1e-7: compared as parts per ten million.
    std::vector<double> scaled = run_feature("amihud_illiquidity", {1.0 * fast}, bars);
    for (double& value : scaled) value *= 1e7;
    expect_near(scaled, rounded(1e7L * expected), kTolerance);
    const Plain share = plain_ratio(expected, plain_illiquidity(bars, slow), 1);
    expect_near(run_feature("amihud_ratio", {1.0 * fast, 1.0 * slow}, bars), rounded(share - one),
                kTolerance);
  }
}

TEST(TradedAmountFeatures, AMoveWithoutVolumeDoesNotCountAsImpact) {
  market::Bars bars = made_bars(3, 1);
  bars.close = {100, 110, 121};
  bars.volume = {1, 0, 10};
  EXPECT_DOUBLE_EQ(run_feature("amihud_illiquidity", {2}, bars)[2], std::log(1.1) / 1210);
}

}  // namespace
}  // namespace regimetry::features
