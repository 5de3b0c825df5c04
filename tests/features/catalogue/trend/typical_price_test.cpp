// CCI and the volume-weighted average price against plain references written from their definitions.
#include <gtest/gtest.h>

#include <cmath>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

Plain plain_typical(const market::Bars& bars) {
  Plain result;
  for (std::size_t i = 0; i < bars.close.size(); ++i)
    result.push_back((static_cast<long double>(bars.high[i]) + bars.low[i] + bars.close[i]) / 3);
  return result;
}

TEST(TypicalPriceFeatures, CciIsTheDistanceFromTheMeanInMeanDeviations) {
  const market::Bars bars = bars_with_still_stretches(81);
  for (const int n : {20, 5}) {
    const Plain expected = over_windows(plain_typical(bars), n, [n](auto window) {
      long double mean = 0, deviation = 0;
      for (const long double price : window) mean += price / n;
      for (const long double price : window) deviation += std::abs(price - mean) / n;
      // Less than the rounding of a mean near 100 in long double: the window stands still.
      return deviation < 1e-16L ? 0.0L : (window.back() - mean) / (0.015L * deviation);
    });
    // The rounding of a price near 100, 1e-14, over 0.015 of the smallest deviation here, some hundredths.
    expect_near(run_feature("cci", {static_cast<double>(n)}, bars), rounded(expected), 1e-10);
  }
}

TEST(TypicalPriceFeatures, CciIsZeroWhenNothingMoves) {
  const market::Bars bars = made_bars(60, 82, {.flat_share = 1});
  EXPECT_EQ(run_feature("cci", {20}, bars).back(), 0.0);
}

TEST(TypicalPriceFeatures, VwapWeighsPricesByTheVolumeTraded) {
  const market::Bars bars = bars_with_still_stretches(83);
  const Plain price = plain_typical(bars), volume = plain(bars.volume);
  for (const int n : {20, 3}) {
    const Plain traded = plain_sum(volume, n);
    const Plain worth = plain_sum(combined(price, volume, [](auto a, auto b) { return a * b; }), n);
    Plain expected = plain_mean(price, n);
    for (std::size_t i = 0; i < expected.size(); ++i)
      expected[i] = traded[i] > 0 ? worth[i] / traded[i] : expected[i];
    const std::vector<double> parameters{static_cast<double>(n)};
    expect_near(run_feature("vwap", parameters, bars), rounded(expected), 1e-14);
    expect_near(run_feature("vwap_distance", parameters, bars),
                rounded(plain_distance(plain(bars.close), expected)), 1e-14);
  }
}

TEST(TypicalPriceFeatures, VwapIsMissingWithoutVolume) {
  market::Bars bars = made_bars(60, 84);
  for (double& volume : bars.volume) volume = std::nan("");
  EXPECT_TRUE(std::isnan(run_feature("vwap", {20}, bars).back()));
}

}  // namespace
}  // namespace regimetry::features
