// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <array>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

constexpr double kTolerance = 1e-11;

TEST(AverageDistanceFeatures, TrueStrengthIndexIsBlaus) {
  const market::Bars bars = bars_with_still_stretches(51);
  const Plain change = plain_change(plain(bars.close));
  for (const auto& [slow, fast, signal] : {std::array{25, 13, 7}, std::array{6, 4, 3}}) {
    const Plain expected =
        100 * plain_ratio(plain_exponential(plain_exponential(change, slow), fast),
                          plain_exponential(plain_exponential(plain_size(change), slow), fast), 0);
    expect_near(run_feature("tsi", {1.0 * slow, 1.0 * fast}, bars), rounded(expected), kTolerance);
    expect_near(run_feature("tsi_signal", {1.0 * slow, 1.0 * fast, 1.0 * signal}, bars),
                rounded(plain_exponential(expected, signal)), kTolerance);
  }
}

TEST(AverageDistanceFeatures, TrueStrengthIsAHundredInAPureRiseAndZeroWhenNothingMoves) {
  market::Bars bars = made_bars(100, 52, {.flat_share = 1});
  EXPECT_EQ(run_feature("tsi", {25, 13}, bars).back(), 0.0);
  for (std::size_t i = 0; i < 100; ++i) bars.close[i] = 100 + 0.1 * static_cast<double>(i * i);
  EXPECT_EQ(run_feature("tsi", {25, 13}, bars).back(), 100.0);
}

TEST(AverageDistanceFeatures, AwesomeOscillatorIsWilliams) {
  const market::Bars bars = bars_with_still_stretches(53);
  const Plain median = 0.5L * (plain(bars.high) + plain(bars.low));
  for (const auto& [fast, slow] : {std::pair{5, 34}, std::pair{2, 7}}) {
    const Plain expected = plain_mean(median, fast) - plain_mean(median, slow);
    expect_near(run_feature("awesome_oscillator", {1.0 * fast, 1.0 * slow}, bars), rounded(expected),
                kTolerance);
    expect_near(run_feature("awesome_oscillator_ratio", {1.0 * fast, 1.0 * slow}, bars),
                rounded(plain_ratio(expected, median, 0)), kTolerance);
  }
}

TEST(AverageDistanceFeatures, PercentagePriceOscillatorWithItsSignalAndHistogram) {
  const market::Bars bars = bars_with_still_stretches(54);
  const Plain close = plain(bars.close);
  for (const auto& [fast, slow, signal] : {std::array{12, 26, 9}, std::array{3, 8, 2}}) {
    const Plain slow_average = plain_exponential(close, slow);
    const Plain line = 100 * plain_ratio(plain_exponential(close, fast) - slow_average, slow_average, 0);
    const Plain smoothed = plain_exponential(line, signal);
    const std::vector<double> periods{1.0 * fast, 1.0 * slow, 1.0 * signal};
    expect_near(run_feature("ppo", {1.0 * fast, 1.0 * slow}, bars), rounded(line), kTolerance);
    expect_near(run_feature("ppo_signal", periods, bars), rounded(smoothed), kTolerance);
    expect_near(run_feature("ppo_histogram", periods, bars), rounded(line - smoothed), kTolerance);
  }
}

TEST(AverageDistanceFeatures, WantTheFastPeriodBelowTheSlowOne) {
  for (const char* name :
       {"ppo", "ppo_signal", "ppo_histogram", "awesome_oscillator", "awesome_oscillator_ratio"}) {
    const FeatureEntry& entry = *find_feature(name);
    EXPECT_EQ(entry.problem({{5, 9, 3}, {}}), "") << name;
    EXPECT_NE(entry.problem({{9, 9, 3}, {}}), "") << name;
  }
}

}  // namespace
}  // namespace regimetry::features
