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
using testing::Plain;
using testing::plain_log_return;
using testing::reference;
using testing::root_mean_square;
using testing::run_feature;
using testing::sample_variance;
using testing::window;

// Volatilities are of the size of 0.01: a dozen digits.
constexpr double kTolerance = 1e-14;

class CloseVolatilityFeatures : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] std::size_t n() const { return GetParam(); }
  [[nodiscard]] std::vector<double> run(const char* name) const {
    return run_feature(name, {static_cast<double>(n())}, bars_);
  }
  // value(the last n returns) from the first bar on that has them.
  template <typename Value>
  [[nodiscard]] std::vector<double> expected(Value value) const {
    return reference(bars_, static_cast<std::int64_t>(n()),
                     [&](std::size_t i) { return value(window(returns_, i, n())); });
  }

  market::Bars bars_ = made_bars(500, 41, {.flat_share = 0.2});
  Plain returns_ = plain_log_return(plain(bars_.close));
};

TEST_P(CloseVolatilityFeatures, CloseVolatilityIsTheSampleDeviation) {
  expect_near(run("close_volatility"),
              expected([](const Plain& last) { return std::sqrt(sample_variance(last)); }), kTolerance);
}

TEST_P(CloseVolatilityFeatures, RealisedVolatilityTakesNoMeanOff) {
  expect_near(run("realised_volatility"), expected([](const Plain& last) {
                return root_mean_square(last, [](long double r) { return r; });
              }),
              kTolerance);
}

TEST_P(CloseVolatilityFeatures, SemideviationsSeeOneSideEach) {
  expect_near(run("semivariance"), expected([](const Plain& last) {
                const long double root =
                    root_mean_square(last, [](long double r) { return std::min(0.0L, r); });
                return root * root;
              }),
              kTolerance);
  expect_near(run("semideviation"), expected([](const Plain& last) {
                return root_mean_square(last, [](long double r) { return std::min(0.0L, r); });
              }),
              kTolerance);
  expect_near(run("upside_deviation"), expected([](const Plain& last) {
                return root_mean_square(last, [](long double r) { return std::max(0.0L, r); });
              }),
              kTolerance);
}

TEST_P(CloseVolatilityFeatures, BothSidesTogetherMakeTheWhole) {
  const auto down = run("semideviation"), up = run("upside_deviation"), all = run("realised_volatility");
  for (std::size_t i = n(); i < all.size(); ++i) ASSERT_NEAR(std::hypot(down[i], up[i]), all[i], 1e-16) << i;
}

INSTANTIATE_TEST_SUITE_P(Periods, CloseVolatilityFeatures, ::testing::Values(2, 20, 63));

TEST(EwmaVolatility, IsTheRecursionOfRiskMetricsFromTheMeanOfTwentySquares) {
  const market::Bars bars = made_bars(400, 42, {.flat_share = 0.2});
  const Plain returns = plain_log_return(plain(bars.close));
  for (const double decay : {0.94, 0.97}) {
    long double variance = 0;
    for (std::size_t i = 1; i <= 20; ++i) variance += returns[i] * returns[i] / 20;
    expect_near(run_feature("ewma_volatility", {decay}, bars),
                reference(bars, 20,
                          [&](std::size_t i) {
                            if (i > 20)
                              variance = decay * variance +
                                         (1 - static_cast<long double>(decay)) * returns[i] * returns[i];
                            return std::sqrt(variance);
                          }),
                kTolerance);
  }
}

TEST(CloseVolatilityFeaturesWhenNothingMoves, AreExactlyZero) {
  const market::Bars bars = made_bars(60, 43, {.flat_share = 1});
  for (const char* name : {"close_volatility", "realised_volatility", "semideviation", "upside_deviation"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
  EXPECT_EQ(run_feature("ewma_volatility", {0.94}, bars).back(), 0.0);
}

TEST(CloseVolatilityFeaturesAfterACrash, ForgetItWithTheWindow) {
  market::Bars bars = made_bars(60, 43, {.flat_share = 1});
  for (std::size_t i = 20; i < bars.close.size(); ++i) bars.close[i] = 1e-3 * bars.close[0];
  const auto values = run_feature("close_volatility", {20}, bars);
  EXPECT_GT(values[39], 1.0);
  EXPECT_EQ(values[40], 0.0);
}

}  // namespace
}  // namespace regimetry::features
