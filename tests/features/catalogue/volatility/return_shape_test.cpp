#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::central_moment;
using testing::expect_near;
using testing::made_bars;
using testing::mean_of;
using testing::plain;
using testing::Plain;
using testing::plain_log_return;
using testing::reference;
using testing::run_feature;
using testing::sample_variance;
using testing::sum_of;
using testing::window;

constexpr double kTolerance = 1e-12;

class ReturnShapeFeatures : public ::testing::Test {
 protected:
  market::Bars bars_ = made_bars(500, 71, {.flat_share = 0.3});
  Plain returns_ = plain_log_return(plain(bars_.close));
};

TEST_F(ReturnShapeFeatures, SkewnessAndKurtosisAreThePopulationOnes) {
  for (const std::size_t n : {20, 60}) {
    const auto period = static_cast<double>(n);
    const auto warmup = static_cast<std::int64_t>(n);
    expect_near(run_feature("skewness", {period}, bars_),
                reference(bars_, warmup,
                          [&](std::size_t i) {
                            const Plain last = window(returns_, i, n);
                            return central_moment(last, 3) / std::pow(central_moment(last, 2), 1.5L);
                          }),
                kTolerance);
    expect_near(run_feature("kurtosis", {period}, bars_),
                reference(bars_, warmup,
                          [&](std::size_t i) {
                            const Plain last = window(returns_, i, n);
                            return central_moment(last, 4) / std::pow(central_moment(last, 2), 2.0L) - 3;
                          }),
                kTolerance);
  }
}

TEST_F(ReturnShapeFeatures, JumpShareIsWhatBipowerVariationLeavesOut) {
  const long double half_pi = std::acos(0.0L);
  for (const std::size_t n : {5, 22}) {
    const auto count = static_cast<long double>(n);
    expect_near(run_feature("jump_share", {static_cast<double>(n)}, bars_),
                reference(bars_, static_cast<std::int64_t>(n),
                          [&](std::size_t i) {
                            const Plain last = window(returns_, i, n);
                            long double bipower = 0, variance = last[0] * last[0];
                            for (std::size_t k = 1; k < n; ++k) {
                              bipower += std::abs(last[k] * last[k - 1]);
                              variance += last[k] * last[k];
                            }
                            if (variance == 0) return 0.0L;
                            return std::clamp(1 - half_pi * count / (count - 1) * bipower / variance, 0.0L,
                                              1.0L);
                          }),
                kTolerance);
  }
}

TEST_F(ReturnShapeFeatures, AutocorrelationIsPearsonsOverPairs) {
  struct Case {
    std::size_t lag, n;
  };
  for (const auto [lag, n] : {Case{1, 60}, Case{5, 30}}) {
    expect_near(run_feature("autocorrelation", {static_cast<double>(lag), static_cast<double>(n)}, bars_),
                reference(bars_, static_cast<std::int64_t>(n + lag),
                          [&, back = lag, pairs = n](std::size_t i) {
                            const Plain now = window(returns_, i, pairs),
                                        before = window(returns_, i - back, pairs);
                            long double covariance = 0;
                            for (std::size_t k = 0; k < pairs; ++k)
                              covariance += (now[k] - mean_of(now)) * (before[k] - mean_of(before));
                            covariance /= static_cast<long double>(pairs);
                            return covariance / std::sqrt(central_moment(now, 2) * central_moment(before, 2));
                          }),
                kTolerance);
  }
}

TEST_F(ReturnShapeFeatures, VarianceRatioIsLoAndMacKinlays) {
  struct Case {
    std::size_t horizon, n;
  };
  for (const auto [horizon, window_bars] : {Case{5, 60}, Case{2, 16}}) {
    const std::size_t q = horizon, n = window_bars;
    const auto horizon_bars = static_cast<long double>(q), count = static_cast<long double>(n);
    expect_near(run_feature("variance_ratio", {static_cast<double>(q), static_cast<double>(n)}, bars_),
                reference(bars_, static_cast<std::int64_t>(n),
                          [&](std::size_t i) {
                            const Plain last = window(returns_, i, n);
                            long double squares = 0;
                            for (std::size_t end = q; end <= n; ++end) {
                              const long double away =
                                  sum_of(window(last, end - 1, q)) - horizon_bars * mean_of(last);
                              squares += away * away;
                            }
                            const long double m =
                                horizon_bars * (count - horizon_bars + 1) * (1 - horizon_bars / count);
                            return squares / m / sample_variance(last);
                          }),
                kTolerance);
  }
}

TEST(ReturnShapeFeaturesByHand, ATwoSidedCoinHasNoSkewAndTheSmallestKurtosis) {
  market::Bars bars = made_bars(41, 72);
  for (std::size_t i = 0; i < bars.close.size(); ++i) bars.close[i] = i % 2 == 0 ? 100 : 101;
  EXPECT_NEAR(run_feature("skewness", {20}, bars).back(), 0.0, 1e-14);
  EXPECT_NEAR(run_feature("kurtosis", {20}, bars).back(), -2.0, 1e-14);
  EXPECT_NEAR(run_feature("autocorrelation", {1, 20}, bars).back(), -1.0, 1e-14);
  EXPECT_NEAR(run_feature("autocorrelation", {2, 20}, bars).back(), 1.0, 1e-14);
  EXPECT_NEAR(run_feature("variance_ratio", {2, 20}, bars).back(), 0.0, 1e-14);
}

TEST(ReturnShapeFeaturesByHand, OneMoveInAQuietWindowIsAllJump) {
  market::Bars bars = made_bars(60, 73, {.flat_share = 1});
  for (std::size_t i = 50; i < bars.close.size(); ++i) bars.close[i] = 2 * bars.close[0];
  const std::vector<double> share = run_feature("jump_share", {22}, bars);
  EXPECT_EQ(share[49], 0.0);
  EXPECT_EQ(share[50], 1.0);
}

TEST(ReturnShapeFeaturesWhenNothingMoves, AreNeutral) {
  const market::Bars bars = made_bars(100, 74, {.flat_share = 1});
  for (const char* name : {"skewness", "kurtosis", "jump_share"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
  EXPECT_EQ(run_feature("autocorrelation", {1, 20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("variance_ratio", {5, 20}, bars).back(), 1.0);
}

TEST(VarianceRatio, RefusesAHorizonAsLongAsItsWindow) {
  const FeatureEntry& entry = *find_feature("variance_ratio");
  EXPECT_EQ(entry.problem({{5, 60}, {}}), "");
  EXPECT_THAT(entry.problem({{60, 60}, {}}), ::testing::HasSubstr("below the window"));
}

}  // namespace
}  // namespace regimetry::features
