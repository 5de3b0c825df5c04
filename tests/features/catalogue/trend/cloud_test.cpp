// Ichimoku's lines and cloud against plain references written from their definitions.
#include <gtest/gtest.h>

#include <algorithm>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

long double middle(long double a, long double b) {
  return (a + b) / 2;
}

Plain plain_range_middle(const market::Bars& bars, int n) {
  return combined(plain_highest(plain(bars.high), n), plain_lowest(plain(bars.low), n), middle);
}

TEST(CloudFeatures, LinesAreTheMiddlesOfTheirRanges) {
  const market::Bars bars = bars_with_still_stretches(61);
  for (const int n : {9, 26, 4}) {
    const Plain expected = plain_distance(plain(bars.close), plain_range_middle(bars, n));
    for (const char* name : {"ichimoku_conversion_distance", "ichimoku_base_distance"})
      expect_near(run_feature(name, {static_cast<double>(n)}, bars), rounded(expected), 1e-14);
  }
}

TEST(CloudFeatures, TheCloudThatStandsHereWasComputedBaseBarsAgo) {
  const market::Bars bars = bars_with_still_stretches(62);
  int above = 0, inside = 0, below = 0;
  for (const auto& [conversion, base, span] : {std::array{9, 26, 52}, std::array{3, 5, 13}}) {
    const Plain a = combined(plain_range_middle(bars, conversion), plain_range_middle(bars, base), middle);
    const Plain b = plain_range_middle(bars, span);
    Plain distance(a.size(), kNothing), thickness(a.size(), kNothing);
    for (auto i = static_cast<std::size_t>(base); i < a.size(); ++i) {
      const std::size_t then = i - static_cast<std::size_t>(base);
      const long double close = bars.close[i];
      const long double top = std::max(a[then], b[then]), bottom = std::min(a[then], b[then]);
      thickness[i] = (a[then] - b[then]) / close;
      if (std::isnan(thickness[i])) continue;
      distance[i] = close > top ? close / top - 1 : close < bottom ? close / bottom - 1 : 0;
      above += distance[i] > 0 ? 1 : 0;
      inside += distance[i] == 0 ? 1 : 0;
      below += distance[i] < 0 ? 1 : 0;
    }
    const std::vector<double> parameters{static_cast<double>(conversion), static_cast<double>(base),
                                         static_cast<double>(span)};
    expect_near(run_feature("ichimoku_cloud_distance", parameters, bars), rounded(distance), 1e-14);
    expect_near(run_feature("ichimoku_cloud_thickness", parameters, bars), rounded(thickness), 1e-14);
  }
  EXPECT_GT(above, 20);
  EXPECT_GT(inside, 20);
  EXPECT_GT(below, 20);
}

TEST(CloudFeatures, StandsAtTheCloudWhenNothingMoves) {
  const market::Bars bars = made_bars(100, 63, {.flat_share = 1});
  for (const char* name : {"ichimoku_conversion_distance", "ichimoku_base_distance",
                           "ichimoku_cloud_distance", "ichimoku_cloud_thickness"})
    EXPECT_EQ(run_feature(name, default_parameters(name), bars).back(), 0.0) << name;
}

}  // namespace
}  // namespace regimetry::features
