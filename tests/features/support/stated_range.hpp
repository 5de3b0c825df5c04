// What the entries of a group promise about their values, held against bars that are hard on them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <vector>

#include "features/catalogue/feature_entry.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features::testing {

// Bars of which some contradict themselves (opens of 0, closes beyond high and low), with twenty thousand in
// the middle that stand still until averages of movement are next to nothing.
[[nodiscard]] inline market::Bars unkind_bars() {
  market::Bars bars = made_bars(22'000, 901, {.flat_share = 0.1});
  for (std::size_t i = 5; i < 900; i += 41) {
    bars.open[i] = 0;
    bars.close[i + 7] = 1.05 * bars.high[i + 7];
    bars.close[i + 9] = 0.95 * bars.low[i + 9];
  }
  for (std::size_t i = 1'000; i < 21'000; ++i) {
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[999];
    bars.volume[i] = 0;
  }
  return bars;
}

// Every value is finite behind the warm-up and within the range that its entry states; `bounded` entries
// state one in numbers.
inline void expect_values_within_stated_ranges(const std::vector<FeatureEntry>& entries, int bounded) {
  const market::Bars bars = unkind_bars();
  for (const FeatureEntry& entry : entries) {
    double lowest = -HUGE_VAL, highest = HUGE_VAL;
    if (std::sscanf(entry.range.c_str(), "[%lf, %lf]", &lowest, &highest) == 2) --bounded;
    const std::vector<double> parameters = default_parameters(entry.name);
    const std::vector<double> values = run_feature(entry.name, parameters, bars);
    for (auto i = static_cast<std::size_t>(declared_warmup(entry.name, parameters)); i < values.size(); ++i) {
      ASSERT_TRUE(std::isfinite(values[i])) << entry.name << " " << i;
      ASSERT_FALSE(values[i] < lowest || values[i] > highest) << entry.name << " " << i << " " << values[i];
    }
  }
  EXPECT_EQ(bounded, 0);
}

}  // namespace regimetry::features::testing
