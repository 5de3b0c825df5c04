#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

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
using testing::run_feature;

constexpr double kTolerance = 1e-13;

// sum of w * value(r) / sum of w over all returns up to bar i, w = 2^(-age / half_life).
template <typename Value>
long double weighted_mean(const Plain& returns, std::size_t i, double half_life, Value value) {
  long double sum = 0, weights = 0;
  for (std::size_t k = 1; k <= i; ++k) {
    const long double weight =
        std::exp2(-static_cast<long double>(i - k) / static_cast<long double>(half_life));
    sum += weight * value(returns[k]);
    weights += weight;
  }
  return sum / weights;
}

class DecayedReturnFeatures : public ::testing::TestWithParam<double> {
 protected:
  [[nodiscard]] std::vector<double> run(const char* name) const {
    return run_feature(name, {half_life_}, bars_);
  }
  template <typename Value>
  [[nodiscard]] std::vector<double> expected(Value value) const {
    return reference(bars_, static_cast<std::int64_t>(std::ceil(half_life_)), value);
  }
  [[nodiscard]] long double gain(std::size_t i) const {
    return weighted_mean(returns_, i, half_life_, [](long double r) { return r; });
  }
  [[nodiscard]] long double risk(std::size_t i) const {
    return std::sqrt(weighted_mean(returns_, i, half_life_, [](long double r) {
      const long double loss = std::min(0.0L, r);
      return loss * loss;
    }));
  }

  double half_life_ = GetParam();
  market::Bars bars_ = made_bars(400, 81, {.flat_share = 0.2});
  Plain returns_ = plain_log_return(plain(bars_.close));
};

TEST_P(DecayedReturnFeatures, EwmReturnWeighsReturnsByAge) {
  expect_near(run("ewm_return"), expected([&](std::size_t i) { return gain(i); }), kTolerance);
}

TEST_P(DecayedReturnFeatures, DownsideDeviationWeighsLossesByAge) {
  expect_near(run("ewm_downside_deviation"), expected([&](std::size_t i) { return risk(i); }), kTolerance);
  expect_near(run("log_downside_deviation"),
              expected([&](std::size_t i) { return std::log(std::max(1e-6L, risk(i))); }), kTolerance);
}

TEST_P(DecayedReturnFeatures, SortinoDividesGainByRisk) {
  expect_near(run("sortino"), expected([&](std::size_t i) {
                return std::clamp(gain(i) / std::max(1e-6L, risk(i)), -50.0L, 50.0L);
              }),
              kTolerance);
}

INSTANTIATE_TEST_SUITE_P(HalfLives, DecayedReturnFeatures, ::testing::Values(1, 20, 7.5));

TEST(DecayedReturnFeaturesByHand, ReturnsOfOneHalfLifeCountHalf) {
  market::Bars bars = made_bars(3, 82);
  bars.close = {1, 2, 1};  // returns ln 2, -ln 2: weights 1/2 and 1
  EXPECT_NEAR(run_feature("ewm_return", {1}, bars)[2], -std::log(2.0) / 3, 1e-16);
  EXPECT_NEAR(run_feature("ewm_downside_deviation", {1}, bars)[2], std::log(2.0) * std::sqrt(2.0 / 3), 1e-15);
}

TEST(DecayedReturnFeaturesAtTheirLimits, StayFinite) {
  market::Bars bars = made_bars(60, 83, {.flat_share = 1});
  EXPECT_EQ(run_feature("sortino", {20}, bars).back(), 0.0);
  EXPECT_NEAR(run_feature("log_downside_deviation", {20}, bars).back(), std::log(1e-6), 1e-14);
  for (std::size_t i = 0; i < bars.close.size(); ++i) bars.close[i] = std::exp2(static_cast<double>(i));
  EXPECT_EQ(run_feature("sortino", {20}, bars).back(), 50.0);
}

TEST(DecayedReturnFeaturesAfterAMissingClose, GoOnAsIfTheTwoReturnsWereNotThere) {
  market::Bars bars = made_bars(80, 84);
  Plain returns = plain_log_return(plain(bars.close));
  bars.close[50] = std::numeric_limits<double>::quiet_NaN();
  returns.erase(returns.begin() + 50, returns.begin() + 52);
  const std::vector<double> values = run_feature("ewm_return", {20}, bars);
  EXPECT_TRUE(std::isnan(values[50]) && std::isnan(values[51]));
  const long double expected = weighted_mean(returns, 77, 20, [](long double r) { return r; });
  EXPECT_NEAR(values[79], static_cast<double>(expected), 1e-15);
}

}  // namespace
}  // namespace regimetry::features
