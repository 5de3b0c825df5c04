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
using testing::plain;
using testing::Plain;
using testing::plain_after;
using testing::plain_log_return;
using testing::reference;
using testing::root_mean_square;
using testing::run_feature;
using testing::sample_variance;
using testing::window;

constexpr long double kFloor = 1e-6;

class VolatilityChangeFeatures : public ::testing::Test {
 protected:
  void SetUp() override {
    // A quiet stretch, longer than the windows, that the floor has to carry.
    for (std::size_t i = 300; i < 380; ++i)
      bars_.open[i] = bars_.high[i] = bars_.low[i] = bars_.close[i] = bars_.close[299];
  }
  [[nodiscard]] Plain realised(std::size_t n) const {
    const Plain returns = plain_log_return(plain(bars_.close));
    return plain_after(static_cast<std::int64_t>(n), bars_.size(), [&](std::size_t i) {
      return root_mean_square(window(returns, i, n), [](long double r) { return r; });
    });
  }

  market::Bars bars_ = made_bars(600, 61, {.flat_share = 0.1});
};

struct TwoWindows {
  std::size_t n, m;
};

TEST_F(VolatilityChangeFeatures, VolatilityOfVolatilityIsTheDeviationOfItsLogarithm) {
  for (const auto [n, m] : {TwoWindows{20, 20}, TwoWindows{5, 40}}) {
    const Plain volatility = realised(n);
    const Plain logs = plain_after(0, bars_.size(),
                                   [&](std::size_t i) { return std::log(std::max(volatility[i], kFloor)); });
    expect_near(
        run_feature("volatility_of_volatility", {static_cast<double>(n), static_cast<double>(m)}, bars_),
        reference(bars_, static_cast<std::int64_t>(n + m) - 1,
                  [&, window_bars = m](std::size_t i) {
                    return std::sqrt(sample_variance(window(logs, i, window_bars)));
                  }),
        1e-12);
  }
}

TEST_F(VolatilityChangeFeatures, VolatilityRatioComparesShortWithLong) {
  for (const auto [fast, slow] : {TwoWindows{5, 63}, TwoWindows{1, 20}}) {
    const Plain short_run = realised(fast), long_run = realised(slow);
    expect_near(
        run_feature("volatility_ratio", {static_cast<double>(fast), static_cast<double>(slow)}, bars_),
        reference(bars_, static_cast<std::int64_t>(slow),
                  [&](std::size_t i) {
                    return std::log(std::max(short_run[i], kFloor) / std::max(long_run[i], kFloor));
                  }),
        1e-12);
  }
}

TEST_F(VolatilityChangeFeatures, VolatilityRankCountsWhatLiesBelow) {
  for (const auto [n, m] : {TwoWindows{20, 252}, TwoWindows{5, 30}}) {
    // Ties are to the bit, so the ranks are checked on the very volatilities of the catalogue.
    const std::vector<double> volatility =
        run_feature("realised_volatility", {static_cast<double>(n)}, bars_);
    expect_near(run_feature("volatility_rank", {static_cast<double>(n), static_cast<double>(m)}, bars_),
                reference(bars_, static_cast<std::int64_t>(n + m) - 1,
                          [&, window_bars = m](std::size_t i) {
                            long double below = 0;
                            for (std::size_t back = 1; back < window_bars; ++back) {
                              const double past = volatility[i - back];
                              below += past < volatility[i] ? 1 : past == volatility[i] ? 0.5L : 0;
                            }
                            return below / static_cast<long double>(window_bars - 1);
                          }),
                1e-15);
  }
}

TEST_F(VolatilityChangeFeatures, LogRealisedVolatilityReadsGapsAndRanges) {
  const auto log_ratio = [](double a, double b) { return std::log(static_cast<long double>(a) / b); };
  const Plain variances = plain_after(1, bars_.size(), [&](std::size_t i) {
    const double open = bars_.open[i], high = bars_.high[i], low = bars_.low[i], close = bars_.close[i];
    const long double gap = log_ratio(open, bars_.close[i - 1]);
    return gap * gap + log_ratio(high, close) * log_ratio(high, open) +
           log_ratio(low, close) * log_ratio(low, open);
  });
  for (const std::size_t n : {1, 22}) {
    expect_near(run_feature("log_realised_volatility", {static_cast<double>(n)}, bars_),
                reference(bars_, static_cast<std::int64_t>(n),
                          [&](std::size_t i) {
                            return std::log(std::max(std::sqrt(mean_of(window(variances, i, n))), kFloor));
                          }),
                1e-13);
  }
}

TEST(VolatilityChangeFeaturesWhenNothingMoves, StandAtTheFloor) {
  const market::Bars bars = made_bars(100, 62, {.flat_share = 1});
  EXPECT_EQ(run_feature("volatility_of_volatility", {20, 20}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("volatility_ratio", {5, 63}, bars).back(), 0.0);
  EXPECT_EQ(run_feature("volatility_rank", {20, 50}, bars).back(), 0.5);
  EXPECT_NEAR(run_feature("log_realised_volatility", {22}, bars).back(), std::log(1e-6), 1e-14);
}

}  // namespace
}  // namespace regimetry::features
