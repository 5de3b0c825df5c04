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

Plain plain_roc(const Plain& x, int n) {
  const Plain before = plain_lag(x, n);
  return 100 * plain_ratio(x - before, before, 0);
}

TEST(RateOfChangeFeatures, CompareWithTheCloseOfNBarsAgo) {
  const market::Bars bars = bars_with_still_stretches(41, 300);
  const Plain close = plain(bars.close);
  for (const int n : {10, 1}) {
    expect_near(run_feature("roc", {1.0 * n}, bars), rounded(plain_roc(close, n)), kTolerance);
    expect_near(run_feature("momentum", {1.0 * n}, bars), rounded(close - plain_lag(close, n)), kTolerance);
    expect_near(run_feature("momentum_acceleration", {1.0 * n}, bars),
                rounded(plain_roc(close, n) - plain_lag(plain_roc(close, n), n)), kTolerance);
  }
}

TEST(RateOfChangeFeatures, RocOfAHundredToAHundredAndTen) {
  market::Bars bars = made_bars(2, 1);
  bars.close = {100, 110};
  EXPECT_EQ(run_feature("roc", {1}, bars)[1], 10.0);
  EXPECT_EQ(run_feature("momentum", {1}, bars)[1], 10.0);
}

TEST(RateOfChangeFeatures, NormalisedMomentumCountsInDeviationsOfARandomWalk) {
  const market::Bars bars = bars_with_still_stretches(42);
  const Plain close = plain(bars.close);
  // The second choice has its whole window of returns within the still stretch.
  for (const auto& [n, window] : {std::pair{10, 63}, std::pair{5, 20}}) {
    const Plain variance =
        (static_cast<long double>(window) / (window - 1)) * plain_variance(plain_log_return(close), window);
    const Plain scale = plain_each(
        variance.size(), [&, bar_count = n](std::size_t i) { return std::sqrt(variance[i] * bar_count); });
    expect_near(run_feature("normalised_momentum", {1.0 * n, 1.0 * window}, bars),
                rounded(plain_ratio(plain_log_return(close, n), scale, 0)), 1e-11);
  }
}

TEST(RateOfChangeFeatures, KnowSureThingIsPrings) {
  const market::Bars bars = bars_with_still_stretches(43, 300);
  const Plain close = plain(bars.close);
  const Plain expected = plain_mean(plain_roc(close, 10), 10) + 2 * plain_mean(plain_roc(close, 15), 10) +
                         3 * plain_mean(plain_roc(close, 20), 10) + 4 * plain_mean(plain_roc(close, 30), 15);
  expect_near(run_feature("know_sure_thing", {}, bars), rounded(expected), kTolerance);
}

TEST(RateOfChangeFeatures, RocKeepsItsDigitsAtAPriceOfAMillion) {
  market::Bars bars = made_bars(2, 1);
  bars.close = {1e6, 1e6 + 0x1p-7};
  EXPECT_DOUBLE_EQ(run_feature("roc", {1}, bars)[1], 100 * 0x1p-7 / 1e6);
}

}  // namespace
}  // namespace regimetry::features
