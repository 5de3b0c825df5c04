#include <gtest/gtest.h>

#include <cmath>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::expect_near;
using testing::made_bars;
using testing::reference;
using testing::run_feature;

TEST(PriceLevelFeatures, AreMeansOfTheBarsPrices) {
  const market::Bars bars = made_bars(200, 32, {.flat_share = 0.1});
  const auto price = [&](const std::vector<double>& column, std::size_t i) {
    return static_cast<long double>(column[i]);
  };
  expect_near(run_feature("typical_price", {}, bars),
              reference(bars, 0,
                        [&](std::size_t i) {
                          return (price(bars.high, i) + price(bars.low, i) + price(bars.close, i)) / 3;
                        }),
              1e-15);
  expect_near(
      run_feature("median_price", {}, bars),
      reference(bars, 0, [&](std::size_t i) { return (price(bars.high, i) + price(bars.low, i)) / 2; }),
      1e-15);
  expect_near(run_feature("weighted_close", {}, bars),
              reference(bars, 0,
                        [&](std::size_t i) {
                          return (price(bars.high, i) + price(bars.low, i) + price(bars.close, i) * 2) / 4;
                        }),
              1e-15);
  expect_near(run_feature("log_price", {}, bars),
              reference(bars, 0, [&](std::size_t i) { return std::log(price(bars.close, i)); }), 1e-15);
}

TEST(PriceLevelFeatures, TheLogarithmOfNothingIsMissing) {
  market::Bars bars = made_bars(3, 32);
  bars.close = {0, -1, 1};
  const auto values = run_feature("log_price", {}, bars);
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_TRUE(std::isnan(values[1]));
  EXPECT_EQ(values[2], 0.0);
}

}  // namespace
}  // namespace regimetry::features
