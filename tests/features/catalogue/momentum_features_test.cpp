// Each indicator against a plain reference written from its definition.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::expect_near;
using testing::made_bars;
using testing::run_feature;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(MomentumFeatures, RsiIsWilders) {
  const market::Bars bars = made_bars(400, 21, {.flat_share = 0.1});
  const int n = 14;
  std::vector<double> expected(bars.close.size(), kNaN);
  long double gain = 0, loss = 0;
  for (std::size_t i = 1; i < bars.close.size(); ++i) {
    const long double change = bars.close[i] - bars.close[i - 1];
    const long double up = change > 0 ? change : 0, down = change < 0 ? -change : 0;
    const auto bars_seen = static_cast<int>(i);
    gain = bars_seen <= n ? gain + up / n : (gain * (n - 1) + up) / n;
    loss = bars_seen <= n ? loss + down / n : (loss * (n - 1) + down) / n;
    if (bars_seen >= n) expected[i] = static_cast<double>(100 - 100 / (1 + gain / loss));
  }
  expect_near(run_feature("rsi", {14}, bars), expected, 1e-12);
}

TEST(MomentumFeatures, RsiIsInTheMiddleWhenNothingMoves) {
  market::Bars bars = made_bars(50, 22, {.flat_share = 1});
  EXPECT_EQ(run_feature("rsi", {14}, bars).back(), 50.0);
}

}  // namespace
}  // namespace regimetry::features
