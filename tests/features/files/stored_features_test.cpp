#include "features/files/stored_features.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

StoredFeatures sample() {
  StoredFeatures stored;
  stored.features = {"a", "b_2"};
  stored.extras = {"c"};
  stored.renamed = {{"b_2", "B"}};
  stored.timeframe_column = "timeframe";
  stored.instruments = {{"X", market::Timeframe{kNsPerHour, 0}, 8766.5, std::nullopt},
                        {"X", market::Timeframe{kNsPerDay, 0}, 365.25, std::vector<std::string>{}}};
  return stored;
}

TEST(StoredFeatures, ComeBackFromTheMetadata) {
  const auto back = stored_features({{kFeatureTableKey, to_json(sample())}});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->features, sample().features);
  EXPECT_EQ(back->extras, sample().extras);
  EXPECT_EQ(back->name_of("b_2"), "B");
  EXPECT_EQ(back->name_of("a"), "a");
  ASSERT_NE(back->find("X", market::Timeframe{kNsPerDay, 0}), nullptr);
  EXPECT_EQ(back->find("X", market::Timeframe{kNsPerDay, 0})->bars_per_year, 365.25);
  EXPECT_EQ(back->find("Y", std::nullopt), nullptr);
}

TEST(StoredFeatures, AreAbsentWhereTheMetadataDoesNotSayThem) {
  EXPECT_FALSE(stored_features(nullptr));
  EXPECT_FALSE(stored_features({{"other", 1}}));
  for (const char* key : {"features", "extras", "renamed", "instruments"}) {
    nlohmann::json json = to_json(sample());
    json.erase(key);
    EXPECT_FALSE(stored_features({{kFeatureTableKey, json}})) << key;
  }
  EXPECT_FALSE(stored_features({{kFeatureTableKey, "damaged"}}));
}

}  // namespace
}  // namespace regimetry::features
