#include "features/catalogue/volume/volume.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace regimetry::features {
namespace {

TEST(VolumeFeatures, AreAllOfTheGroupVolume) {
  std::set<std::string> names;
  for (const FeatureEntry& entry : volume_features()) {
    EXPECT_EQ(entry.group, "volume") << entry.name;
    names.insert(entry.name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"accumulation_distribution", "accumulation_slope",
                                          "amihud_illiquidity", "amihud_ratio", "chaikin_money_flow",
                                          "chaikin_oscillator", "dollar_volume", "ease_of_movement",
                                          "ease_of_movement_ratio", "force_index", "force_index_ratio", "mfi",
                                          "obv", "obv_slope", "volume_oscillator", "volume_price_correlation",
                                          "volume_ratio", "volume_zscore", "vwma_ratio"}));
}

}  // namespace
}  // namespace regimetry::features
