#include "features/catalogue/pattern/pattern.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace regimetry::features {
namespace {

TEST(PatternFeatures, AreAllOfTheGroupPattern) {
  std::set<std::string> names;
  for (const FeatureEntry& entry : pattern_features()) {
    EXPECT_EQ(entry.group, "pattern") << entry.name;
    names.insert(entry.name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"breakout", "breakout_strength", "channel_convergence",
                                          "consecutive_direction", "doji", "engulfing", "hammer",
                                          "inside_outside", "resistance_distance", "resistance_slope", "star",
                                          "support_distance", "support_slope", "swing_high_distance",
                                          "swing_low_distance", "swing_structure", "three_bar_reversal"}));
}

}  // namespace
}  // namespace regimetry::features
