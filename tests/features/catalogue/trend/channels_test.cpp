// Bollinger's, Keltner's and Donchian's channels against plain references written from their definitions.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the references read like formulas

struct PlainChannel {
  Plain upper, middle, lower;
};

PlainChannel around(const Plain& middle, const Plain& half_width) {
  return {combined(middle, half_width, [](auto a, auto b) { return a + b; }), middle,
          combined(middle, half_width, [](auto a, auto b) { return a - b; })};
}

Plain times(Plain x, long double factor) {
  for (long double& value : x) value *= factor;
  return x;
}

Plain plain_position(const Plain& close, const PlainChannel& channel) {
  Plain result(close.size(), kNothing);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const long double width = channel.upper[i] - channel.lower[i];
    result[i] = width == 0 ? 0.5L : (close[i] - channel.lower[i]) / width;
  }
  return result;
}

Plain plain_width(const PlainChannel& channel) {
  const Plain width = combined(channel.upper, channel.lower, [](auto a, auto b) { return a - b; });
  return combined(width, channel.middle, [](auto a, auto b) { return a / b; });
}

void expect_channel(const std::string& name, const std::string& position,
                    const std::vector<double>& parameters, const market::Bars& bars,
                    const PlainChannel& expected) {
  SCOPED_TRACE(name);
  expect_near(run_feature(name + "_upper", parameters, bars), rounded(expected.upper), 1e-13);
  expect_near(run_feature(name + "_lower", parameters, bars), rounded(expected.lower), 1e-13);
  expect_near(run_feature(name + "_width", parameters, bars), rounded(plain_width(expected)), 1e-13);
  // The rounding of a price near 100, 1e-14, against the narrowest channel here, a few thousandths wide.
  expect_near(run_feature(position, parameters, bars), rounded(plain_position(plain(bars.close), expected)),
              1e-10);
}

TEST(ChannelFeatures, BollingerBandsLieAtPopulationDeviations) {
  const market::Bars bars = bars_with_still_stretches(51);
  const Plain close = plain(bars.close);
  expect_channel("bollinger", "bollinger_percent_b", {20, 2}, bars,
                 around(plain_mean(close, 20), times(plain_deviation(close, 20), 2)));
  expect_channel("bollinger", "bollinger_percent_b", {6, 1.5}, bars,
                 around(plain_mean(close, 6), times(plain_deviation(close, 6), 1.5L)));
}

TEST(ChannelFeatures, KeltnersChannelLiesAtAverageTrueRanges) {
  const market::Bars bars = bars_with_still_stretches(52);
  const Plain close = plain(bars.close), range = plain_true_range(bars);
  expect_channel("keltner", "keltner_position", {20, 10, 2}, bars,
                 around(plain_exponential(close, 20), times(plain_smoothed(range, 10, 0.1L), 2)));
  expect_channel("keltner", "keltner_position", {5, 14, 1.5}, bars,
                 around(plain_exponential(close, 5), times(plain_smoothed(range, 14, 1.0L / 14), 1.5L)));
}

TEST(ChannelFeatures, DonchiansChannelReachesFromTheLowestLowToTheHighestHigh) {
  const market::Bars bars = bars_with_still_stretches(53);
  for (const int n : {20, 3}) {
    const Plain upper = plain_highest(plain(bars.high), n), lower = plain_lowest(plain(bars.low), n);
    const Plain middle = combined(upper, lower, [](auto a, auto b) { return (a + b) / 2; });
    expect_channel("donchian", "donchian_position", {static_cast<double>(n)}, bars, {upper, middle, lower});
  }
}

TEST(ChannelFeatures, StandInTheMiddleOfAChannelWithoutWidth) {
  const market::Bars still = made_bars(100, 54, {.flat_share = 1});
  for (const char* name : {"bollinger_percent_b", "keltner_position", "donchian_position"})
    EXPECT_EQ(run_feature(name, default_parameters(name), still).back(), 0.5) << name;
  for (const char* name : {"bollinger_width", "keltner_width", "donchian_width"})
    EXPECT_EQ(run_feature(name, default_parameters(name), still).back(), 0.0) << name;
}

TEST(ChannelFeatures, StandInTheMiddleOnceWildersAverageHasFallenBelowTheRoundingOfThePrice) {
  market::Bars bars = made_bars(20'000, 55);
  for (std::size_t i = 100; i < bars.close.size(); ++i)
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[99];
  for (const double position : run_feature("keltner_position", {20, 10, 2}, bars))
    ASSERT_FALSE(std::abs(position) > 3) << position;
  EXPECT_EQ(run_feature("keltner_position", {20, 10, 2}, bars).back(), 0.5);
}

TEST(ChannelFeatures, WidthsAreZeroAroundAMiddleOfZero) {
  market::Bars bars = made_bars(100, 56);
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    bars.high[i] = 1;
    bars.low[i] = -1;
    bars.close[i] = 0;
  }
  EXPECT_EQ(run_feature("keltner_width", {20, 10, 2}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("donchian_width", {20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("keltner_position", {20, 10, 2}, bars).back(), 0.5);
}

}  // namespace
}  // namespace regimetry::features
