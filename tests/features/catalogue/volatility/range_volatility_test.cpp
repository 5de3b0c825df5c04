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
using testing::mean_of;
using testing::Plain;
using testing::plain_after;
using testing::reference;
using testing::run_feature;
using testing::sample_variance;
using testing::window;

constexpr double kTolerance = 1e-14;

class RangeVolatilityFeatures : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] std::size_t n() const { return GetParam(); }
  [[nodiscard]] std::vector<double> run(const char* name) const {
    return run_feature(name, {static_cast<double>(n())}, bars_);
  }
  // log(a / b) on every bar.
  [[nodiscard]] Plain log_ratio(const std::vector<double>& a, const std::vector<double>& b) const {
    return plain_after(0, bars_.size(),
                       [&](std::size_t i) { return std::log(static_cast<long double>(a[i]) / b[i]); });
  }
  // sqrt(mean of the last n variance(i))
  template <typename Variance>
  [[nodiscard]] std::vector<double> root_of_mean(Variance variance) const {
    const Plain variances = plain_after(0, bars_.size(), variance);
    return reference(bars_, static_cast<std::int64_t>(n()) - 1,
                     [&](std::size_t i) { return std::sqrt(mean_of(window(variances, i, n()))); });
  }
  [[nodiscard]] Plain rogers_satchell() const {
    return plain_after(0, bars_.size(), [this](std::size_t i) {
      return high_close_[i] * high_open_[i] + low_close_[i] * low_open_[i];
    });
  }

  market::Bars bars_ = made_bars(400, 51, {.flat_share = 0.2});
  Plain high_low_ = log_ratio(bars_.high, bars_.low), close_open_ = log_ratio(bars_.close, bars_.open),
        high_close_ = log_ratio(bars_.high, bars_.close), high_open_ = log_ratio(bars_.high, bars_.open),
        low_close_ = log_ratio(bars_.low, bars_.close), low_open_ = log_ratio(bars_.low, bars_.open);
};

TEST_P(RangeVolatilityFeatures, ParkinsonReadsHighAndLow) {
  expect_near(run("parkinson_volatility"),
              root_of_mean([&](std::size_t i) { return high_low_[i] * high_low_[i] / (4 * std::log(2.0L)); }),
              kTolerance);
}

TEST_P(RangeVolatilityFeatures, GarmanKlassTakesTheBodyOff) {
  expect_near(run("garman_klass_volatility"), root_of_mean([&](std::size_t i) {
                return high_low_[i] * high_low_[i] / 2 -
                       (2 * std::log(2.0L) - 1) * close_open_[i] * close_open_[i];
              }),
              kTolerance);
}

TEST_P(RangeVolatilityFeatures, RogersSatchellMeasuresFromOpenAndClose) {
  const Plain variances = rogers_satchell();
  expect_near(run("rogers_satchell_volatility"), root_of_mean([&](std::size_t i) { return variances[i]; }),
              kTolerance);
}

TEST_P(RangeVolatilityFeatures, YangZhangJoinsNightDayAndRange) {
  const Plain gaps = plain_after(1, bars_.size(), [&](std::size_t i) {
    return std::log(static_cast<long double>(bars_.open[i]) / bars_.close[i - 1]);
  });
  const Plain ranges = rogers_satchell();
  const auto count = static_cast<long double>(n());
  const long double k = 0.34L / (1.34L + (count + 1) / (count - 1));
  expect_near(run("yang_zhang_volatility"),
              reference(bars_, static_cast<std::int64_t>(n()),
                        [&](std::size_t i) {
                          return std::sqrt(sample_variance(window(gaps, i, n())) +
                                           k * sample_variance(window(close_open_, i, n())) +
                                           (1 - k) * mean_of(window(ranges, i, n())));
                        }),
              kTolerance);
}

TEST_P(RangeVolatilityFeatures, AverageTrueRangeIsWilders) {
  const auto count = static_cast<long double>(n());
  long double average = 0;
  const std::vector<double> expected = reference(bars_, 0, [&](std::size_t i) {
    if (i == 0) return std::numeric_limits<long double>::quiet_NaN();
    const long double before = bars_.close[i - 1], high = bars_.high[i], low = bars_.low[i];
    const long double range = std::max({high - low, std::abs(high - before), std::abs(low - before)});
    average = i <= n() ? average + range / count : (average * (count - 1) + range) / count;
    return i < n() ? std::numeric_limits<long double>::quiet_NaN() : average;
  });
  expect_near(run("atr"), expected, kTolerance);
  expect_near(
      run("atr_ratio"),
      reference(bars_, 0,
                [&](std::size_t i) { return static_cast<long double>(expected[i]) / bars_.close[i]; }),
      kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Periods, RangeVolatilityFeatures, ::testing::Values(2, 14, 60));

TEST(RangeVolatilityFeaturesWhenNothingMoves, AreExactlyZero) {
  const market::Bars bars = made_bars(60, 52, {.flat_share = 1});
  for (const char* name : {"parkinson_volatility", "garman_klass_volatility", "rogers_satchell_volatility",
                           "yang_zhang_volatility", "atr", "atr_ratio"})
    EXPECT_EQ(run_feature(name, {20}, bars).back(), 0.0) << name;
}

TEST(RangeVolatilityFeaturesByHand, AgreeOnASteadyTrend) {
  // Each bar opens at its low, where the last one closed, and closes at its high: all drift, no noise.
  market::Bars bars = made_bars(40, 53);
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    bars.open[i] = bars.low[i] = std::exp2(static_cast<double>(i));
    bars.close[i] = bars.high[i] = 2 * bars.open[i];
  }
  EXPECT_NEAR(run_feature("parkinson_volatility", {20}, bars).back(), std::sqrt(std::log(2.0)) / 2, 1e-15);
  EXPECT_NEAR(run_feature("garman_klass_volatility", {20}, bars).back(),
              std::log(2.0) * std::sqrt(1.5 - 2 * std::log(2.0)), 1e-15);
  EXPECT_EQ(run_feature("rogers_satchell_volatility", {20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("yang_zhang_volatility", {20}, bars).back(), 0.0);
}

}  // namespace
}  // namespace regimetry::features
