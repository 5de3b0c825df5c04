#include "market/simulation/splits.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::market {
namespace {

TEST(Splits, PricesFallAndVolumeGrowsByTheRatioFromThatBarOn) {
  Bars bars;
  constexpr std::size_t kBars = 50;
  bars.timestamps.resize(kBars);
  for (auto column : {&Bars::open, &Bars::high, &Bars::low, &Bars::close})
    (bars.*column).assign(kBars, 120.0);
  bars.volume.assign(kBars, 1000.0);
  apply_splits(bars, 3, Rng(1).stream("splits"));

  const std::vector<double>& ratios = bars.extras.at(0).numbers;
  EXPECT_EQ(bars.extras[0].name, "split_ratio");
  double shares = 1;
  int splits = 0;
  for (std::size_t t = 0; t < kBars; ++t) {
    shares *= ratios[t];
    splits += ratios[t] != 1 ? 1 : 0;
    EXPECT_NEAR(bars.close[t], 120 / shares, 1e-9);
    EXPECT_NEAR(bars.volume[t], 1000 * shares, 1);
  }
  EXPECT_EQ(splits, 3);
  EXPECT_EQ(ratios[0], 1);
}

}  // namespace
}  // namespace regimetry::market
