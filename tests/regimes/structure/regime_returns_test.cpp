#include "regimes/structure/regime_returns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;
using Prices = std::vector<double>;
using Sequences = std::vector<IndexRange>;

const double kLog2 = std::log(2.0);

TEST(RegimeReturns, BelongToTheRegimeOfTheBarTheyLeadTo) {
  // Doubled in 0, halved into 1, doubled in 1.
  const auto regimes = measure_returns(Labels{0, 0, 1, 1}, Prices{1, 2, 1, 2}, Sequences{{0, 4}}, 2, 100,
                                       std::vector<std::int64_t>{1});
  EXPECT_EQ(regimes[0].count, 1);
  EXPECT_DOUBLE_EQ(regimes[0].mean, kLog2);
  EXPECT_TRUE(std::isnan(regimes[0].deviation));
  EXPECT_EQ(regimes[1].count, 2);
  EXPECT_DOUBLE_EQ(regimes[1].mean, 0);
  EXPECT_DOUBLE_EQ(regimes[1].deviation, kLog2 * std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(regimes[1].annual_volatility, 10 * kLog2 * std::sqrt(2.0));
  EXPECT_EQ(regimes[1].sharpe, 0);
  EXPECT_DOUBLE_EQ(regimes[1].max_drawdown, 0.5);
  EXPECT_EQ(regimes[0].max_drawdown, 0);
}

TEST(RegimeReturns, LookForwardFromTheBar) {
  const auto regimes = measure_returns(Labels{0, 0, 1, 1}, Prices{1, 2, 1, 4}, Sequences{{0, 4}}, 2, 0,
                                       std::vector<std::int64_t>{1, 2});
  EXPECT_EQ(regimes[0].forward[0].count, 2);
  EXPECT_NEAR(regimes[0].forward[0].mean, 0, 1e-15);
  EXPECT_DOUBLE_EQ(regimes[0].forward[0].mean_absolute, kLog2);
  EXPECT_EQ(regimes[1].forward[0].count, 1);
  EXPECT_DOUBLE_EQ(regimes[1].forward[0].mean, 2 * kLog2);
  EXPECT_EQ(regimes[0].forward[1].count, 2);
  EXPECT_EQ(regimes[1].forward[1].count, 0);
  EXPECT_TRUE(std::isnan(regimes[1].forward[1].mean));
  EXPECT_TRUE(std::isnan(regimes[0].annual_return));
}

TEST(RegimeReturns, NeverCrossFromOneInstrumentToTheNext) {
  const Sequences two{{0, 2}, {2, 4}};
  const std::vector<double> returns = returns_to(Prices{1, 2, 100, 200}, two);
  EXPECT_TRUE(std::isnan(returns[2]));
  EXPECT_DOUBLE_EQ(returns[3], kLog2);
  EXPECT_TRUE(std::isnan(forward_returns(Prices{1, 2, 100, 200}, two, 1)[1]));
  // The worst instrument counts, not the sum of both.
  const auto regimes = measure_returns(Labels(6, 0), Prices{4, 2, 1, 4, 2, 2}, Sequences{{0, 3}, {3, 6}}, 1,
                                       0, std::vector<std::int64_t>{1});
  EXPECT_DOUBLE_EQ(regimes[0].max_drawdown, 0.75);
}

TEST(RegimeReturns, SkipPricesThatAreNone) {
  const std::vector<double> returns = returns_to(Prices{1, NAN, 2, 0, -1, 3, 6}, Sequences{{0, 7}});
  for (std::size_t n = 0; n < 6; ++n) EXPECT_TRUE(std::isnan(returns[n])) << n;
  EXPECT_DOUBLE_EQ(returns[6], kLog2);
}

TEST(RegimeReturns, KeepTheHighOfARegimeWhileOthersLast) {
  // In 0: up by 2, then, after a stay in 1, down by 4.
  const auto regimes = measure_returns(Labels{0, 0, 1, 0}, Prices{1, 2, 8, 2}, Sequences{{0, 4}}, 2, 0,
                                       std::vector<std::int64_t>{1});
  EXPECT_DOUBLE_EQ(regimes[0].max_drawdown, 0.75);
}

TEST(RegimeReturns, SayNothingOfARegimeWithoutAny) {
  const auto regimes = measure_returns(Labels{0, 1, 0}, Prices{1, -2, 3}, Sequences{{0, 3}}, 2, 0,
                                       std::vector<std::int64_t>{1});
  EXPECT_EQ(regimes[1].count, 0);
  EXPECT_TRUE(std::isnan(regimes[1].mean));
  EXPECT_TRUE(std::isnan(regimes[1].max_drawdown));
}

}  // namespace
}  // namespace regimetry::regimes
