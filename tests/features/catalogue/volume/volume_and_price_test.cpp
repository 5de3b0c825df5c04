// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-12;
constexpr long double kNaN = std::numeric_limits<long double>::quiet_NaN();

TEST(VolumeAndPriceFeatures, ForceIndexIsElders) {
  const market::Bars bars = bars_with_still_stretches(81);
  const Plain force = plain_change(plain(bars.close)) * plain(bars.volume);
  for (const int n : {13, 2}) {
    const Plain smoothed = plain_exponential(force, n);
    expect_near(run_feature("force_index", {1.0 * n}, bars), rounded(smoothed), 1e-10);
    expect_near(run_feature("force_index_ratio", {1.0 * n}, bars),
                rounded(plain_ratio(smoothed, plain_exponential(plain_size(force), n), 0)), 1e-11);
  }
}

TEST(VolumeAndPriceFeatures, WeightedAverageAgainstThePlainOne) {
  const market::Bars bars = bars_with_still_stretches(82);
  const Plain close = plain(bars.close), volume = plain(bars.volume);
  for (const int n : {20, 3}) {
    const Plain mean = plain_mean(close, n), traded = plain_sum(volume, n);
    const Plain weighted = plain_ratio(plain_sum(close * volume, n), traded, 0);
    const Plain expected = plain_each(
        close.size(), [&](std::size_t i) { return traded[i] == 0 ? 0.0L : weighted[i] / mean[i] - 1; });
    expect_near(run_feature("vwma_ratio", {1.0 * n}, bars), rounded(expected), 1e-14);
  }
}

TEST(VolumeAndPriceFeatures, WeightedAverageByHand) {
  market::Bars bars = made_bars(2, 1);
  bars.close = {10, 20};
  bars.volume = {1, 3};
  EXPECT_DOUBLE_EQ(run_feature("vwma_ratio", {2}, bars)[1], 17.5 / 15 - 1);
}

TEST(VolumeAndPriceFeatures, EaseOfMovementIsArms) {
  const market::Bars bars = bars_with_still_stretches(83);
  const Plain moved = plain_change(0.5L * (plain(bars.high) + plain(bars.low)));
  const Plain range = plain(bars.high) - plain(bars.low), volume = plain(bars.volume);
  // Moves of prices near 100 are known to 1e-14, and become some 1e5 times larger.
  for (const auto& [n, scale] : {std::pair{14, 1e8}, std::pair{3, 1e4}}) {
    const Plain box = (1 / static_cast<long double>(scale)) * volume;  // times 1 / range: Arms' box ratio
    expect_near(run_feature("ease_of_movement", {1.0 * n, scale}, bars),
                rounded(plain_mean(plain_ratio(moved * range, box, 0), n)), 1e-9);
  }
}

TEST(VolumeAndPriceFeatures, EaseOfMovementByHand) {
  market::Bars bars = made_bars(2, 1);
  bars.high = {10, 13}, bars.low = {8, 9};  // the middle rises from 9 to 11
  bars.volume = {100, 50};
  EXPECT_DOUBLE_EQ(run_feature("ease_of_movement", {1, 100}, bars)[1], 2.0 / ((50.0 / 100) / 4));
}

TEST(VolumeAndPriceFeatures, EaseOfMovementRatioIsArmsInUnitsOfRangeAndVolume) {
  const market::Bars bars = bars_with_still_stretches(83);
  const Plain middle = 0.5L * (plain(bars.high) + plain(bars.low)), moved = plain_change(middle);
  const Plain range = plain(bars.high) - plain(bars.low), volume = plain(bars.volume);
  for (const int n : {14, 3}) {
    const Plain usual_range = plain_mean(range, n), usual_volume = plain_mean(volume, n);
    const Plain ease = plain_each(middle.size(), [&](std::size_t i) {
      if (std::isnan(moved[i] + usual_range[i])) return kNaN;
      if (volume[i] == 0 || usual_range[i] == 0) return 0.0L;
      return moved[i] / usual_range[i] * (range[i] / usual_range[i]) / (volume[i] / usual_volume[i]);
    });
    expect_near(run_feature("ease_of_movement_ratio", {1.0 * n}, bars), rounded(plain_mean(ease, n)),
                kTolerance);
  }
}

TEST(VolumeAndPriceFeatures, EaseOfMovementRatioDoesNotFollowPriceOrVolumeLevels) {
  const market::Bars bars = made_bars(100, 84);
  market::Bars larger = bars;
  for (auto* column : {&larger.open, &larger.high, &larger.low, &larger.close})
    for (double& value : *column) value *= 1024;
  for (double& value : larger.volume) value *= 4096;
  EXPECT_EQ(run_feature("ease_of_movement_ratio", {14}, bars).back(),
            run_feature("ease_of_movement_ratio", {14}, larger).back());
}

TEST(VolumeAndPriceFeatures, CorrelationIsPearsons) {
  const market::Bars bars = bars_with_still_stretches(85);
  const Plain returns = plain_log_return(plain(bars.close)), change = plain_change(plain(bars.volume));
  for (const int n : {20, 5}) {
    const Plain spread = plain_variance(returns, n) * plain_variance(change, n);
    const Plain scale = plain_each(spread.size(), [&](std::size_t i) { return std::sqrt(spread[i]); });
    expect_near(run_feature("volume_price_correlation", {1.0 * n}, bars),
                rounded(plain_ratio(plain_covariance(returns, change, n), scale, 0)), 1e-11);
  }
}

TEST(VolumeAndPriceFeatures, CorrelationIsOneWhenVolumeFollowsTheReturns) {
  market::Bars bars = made_bars(60, 86);
  for (std::size_t i = 1; i < 60; ++i)
    bars.volume[i] = bars.volume[i - 1] + 1e6 * std::log(bars.close[i] / bars.close[i - 1]);
  EXPECT_NEAR(run_feature("volume_price_correlation", {20}, bars).back(), 1, 1e-12);
  for (const double value : run_feature("volume_price_correlation", {2}, bars))
    EXPECT_FALSE(std::abs(value) > 1);
}

TEST(VolumeAndPriceFeatures, AreZeroWhenNothingTrades) {
  const market::Bars bars = made_bars(100, 87, {.flat_share = 1});
  EXPECT_EQ(run_feature("ease_of_movement", {14, 1e8}, bars).back(), 0.0);
  for (const char* name : {"force_index", "force_index_ratio", "vwma_ratio", "ease_of_movement_ratio",
                           "volume_price_correlation"})
    EXPECT_EQ(run_feature(name, {14}, bars).back(), 0.0) << name;
}

}  // namespace
}  // namespace regimetry::features
