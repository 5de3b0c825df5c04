// Swings against a plain search over all bars known at each bar.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "features/support/made_bars.hpp"
#include "features/support/plain_series.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using namespace testing;

// Values of all turning points that bars 0..last confirm, oldest first; sign -1 for lows.
std::vector<double> swings_known_at(const std::vector<double>& x, std::size_t last, std::size_t side,
                                    double sign) {
  std::vector<double> swings;
  for (std::size_t pivot = side; pivot + side <= last; ++pivot) {
    bool stands_out = true;
    for (std::size_t j = pivot - side; j <= pivot + side; ++j)
      stands_out = stands_out && (j == pivot || sign * x[pivot] > sign * x[j]);
    if (stands_out) swings.push_back(x[pivot]);
  }
  return swings;
}

double direction_of_last_two(const std::vector<double>& swings) {
  if (swings.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double now = swings.back(), before = swings[swings.size() - 2];
  return now > before ? 1 : now < before ? -1 : 0;
}

TEST(SwingFeatures, AreTheLastConfirmedTurningPoints) {
  const market::Bars bars = bars_with_still_stretches(101, 500);
  for (const std::size_t side : {5U, 1U}) {
    std::vector<double> high_distance(bars.close.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<double> low_distance = high_distance, structure = high_distance;
    for (std::size_t i = 2 * side; i < bars.close.size(); ++i) {
      const auto highs = swings_known_at(bars.high, i, side, 1),
                 lows = swings_known_at(bars.low, i, side, -1);
      if (!highs.empty()) high_distance[i] = std::log(highs.back() / bars.close[i]);
      if (!lows.empty()) low_distance[i] = std::log(bars.close[i] / lows.back());
      const double up = direction_of_last_two(highs), down = direction_of_last_two(lows);
      structure[i] = std::isnan(up + down) || up == down ? up + 0 * down : 0;
    }
    const std::vector<double> parameters{static_cast<double>(side)};
    expect_near(run_feature("swing_high_distance", parameters, bars), high_distance, 1e-14);
    expect_near(run_feature("swing_low_distance", parameters, bars), low_distance, 1e-14);
    expect_near(run_feature("swing_structure", parameters, bars), structure, 0);
    EXPECT_TRUE(std::count(structure.begin(), structure.end(), 1.0) > 0 &&
                std::count(structure.begin(), structure.end(), -1.0) > 0);
  }
}

TEST(SwingFeatures, ATurningPointIsUnknownUntilItsLastFollowerHasCome) {
  market::Bars bars = made_bars(8, 1);
  bars.high = {10, 11, 15, 12, 11, 10, 9, 8};  // the swing high of 15 needs two lower highs after it
  bars.low = bars.high;
  bars.open = bars.close = bars.high;
  const std::vector<double> distance = run_feature("swing_high_distance", {2}, bars);
  EXPECT_TRUE(std::isnan(distance[3]));
  EXPECT_DOUBLE_EQ(distance[4], std::log(15.0 / 11));
  EXPECT_DOUBLE_EQ(distance[7], std::log(15.0 / 8));
  bars.high[0] = 20;  // higher, but no turning point: nothing comes before it; and 15 is none beside it
  for (const double value : run_feature("swing_high_distance", {2}, bars)) EXPECT_TRUE(std::isnan(value));
}

}  // namespace
}  // namespace regimetry::features
