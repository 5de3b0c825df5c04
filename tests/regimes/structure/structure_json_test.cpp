#include "regimes/structure/structure_json.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry::regimes {
namespace {

nlohmann::json json_of(const std::vector<std::int32_t>& labels, const std::vector<double>& close,
                       double bars_per_year) {
  ThreadPool pool(1);
  const std::vector<IndexRange> one{{0, std::ssize(labels)}};
  return to_json(describe_structure({labels, one, close, bars_per_year}, {.replicates = 99}, Rng(1), pool));
}

TEST(StructureJson, HoldsWhatWasMeasured) {
  const nlohmann::json json = json_of({0, 0, 1, 1, 0, 0}, {1, 2, 4, 2, 2, 4}, 100);
  EXPECT_EQ(json["regime_count"], 2);
  EXPECT_EQ(json["transitions"]["counts"], nlohmann::json({{2, 1}, {1, 1}}));
  EXPECT_EQ(json["regimes"][1]["stickiness"], 0.5);
  EXPECT_EQ(json["regimes"][1]["most_likely_next"], 0);
  EXPECT_EQ(json["regimes"][1]["dwell"]["spells"], 1);
  EXPECT_EQ(json["regimes"][0]["returns"]["forward"][0]["horizon_bars"], 1);
  EXPECT_EQ(json["separation"]["horizons"].size(), 2U);
  EXPECT_DOUBLE_EQ(json["switches_per_year"], 40);
}

TEST(StructureJson, IsNullWhereNothingIsKnown) {
  const nlohmann::json json = json_of({0, 1, 1}, {}, 0);
  EXPECT_TRUE(json["bars_per_year"].is_null());
  EXPECT_TRUE(json["switches_per_year"].is_null());
  EXPECT_TRUE(json["separation"].is_null());
  EXPECT_TRUE(json["first_passage_bars"][1][0].is_null());  // infinite
  EXPECT_TRUE(json["regimes"][1]["most_likely_next"].is_null());
  EXPECT_TRUE(json["regimes"][0]["dwell"]["mean_bars"].is_null());
  EXPECT_FALSE(json["regimes"][0].contains("returns"));
}

}  // namespace
}  // namespace regimetry::regimes
