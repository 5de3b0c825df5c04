// What holds for every entry of the trend group.
#include "features/catalogue/trend/trend.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "features/catalogue/catalogue.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

TEST(TrendFeatures, ReadOnlyTheSeriesThatTheCallNames) {
  for (const FeatureEntry& entry : trend_features()) {
    if (entry.input != FeatureInput::kSeries) continue;
    SeriesGraph graph;
    const Series volume = graph.volume();
    const Series built = entry.build(graph, {testing::default_parameters(entry.name), volume});
    EXPECT_EQ(graph.columns_of(built), std::vector<std::string>{"volume"}) << entry.name;
  }
}

TEST(TrendFeatures, AreAllOfTheirGroup) {
  for (const FeatureEntry& entry : trend_features()) EXPECT_EQ(entry.group, "trend") << entry.name;
}

TEST(TrendFeatures, AreFiniteHoweverLongNothingMoves) {
  market::Bars bars = testing::made_bars(12'000, 102);
  for (std::size_t i = 1'000; i < bars.close.size(); ++i)
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[999];
  for (const FeatureEntry& entry : trend_features()) {
    const auto values = testing::run_feature(entry.name, testing::default_parameters(entry.name), bars);
    EXPECT_TRUE(std::isfinite(values.back())) << entry.name << " " << values.back();
  }
}

TEST(TrendFeatures, ShareTheirParts) {
  SeriesGraph graph;
  const auto steps_added = [&graph](const char* name) {
    const std::size_t before = graph.steps().size();
    find_feature(name)->build(graph, {testing::default_parameters(name), {}});
    return graph.steps().size() - before;
  };
  EXPECT_GT(steps_added("adx"), 0U);
  EXPECT_EQ(steps_added("plus_di"), 1U);  // one division; the movement is there
  EXPECT_EQ(steps_added("minus_di"), 1U);
  EXPECT_GT(steps_added("regression_slope"), 0U);
  EXPECT_EQ(steps_added("regression_slope"), 0U);
  EXPECT_EQ(steps_added("regression_r2"), 1U);
  EXPECT_EQ(steps_added("regression_residual"), 0U);
}

}  // namespace
}  // namespace regimetry::features
