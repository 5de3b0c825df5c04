#include "labelling/recent_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "labelling/support/regime_walk.hpp"

namespace regimetry::labelling {
namespace {

TEST(RecentRows, TakesTheLastOfEachInstrument) {
  const RegimeWalk walk = regime_walk(10);
  EXPECT_THAT(recent_rows(walk.source, 6), testing::ElementsAre(7, 8, 9, 17, 18, 19));
  EXPECT_EQ(recent_rows(walk.source, 1'000).size(), 20U);
}

TEST(SourceOfRows, IsThoseRowsAsASourceOfTheirOwn) {
  const RegimeWalk walk = regime_walk(10);
  const RegimeSource part = source_of_rows(walk.source, {8, 9, 17, 18, 19});
  EXPECT_EQ(part.size(), 5);
  EXPECT_EQ(part.values.row(2), walk.source.values.row(17));
  EXPECT_EQ(part.timestamps[0], walk.source.timestamps[8]);
  ASSERT_EQ(part.instruments.size(), 2U);
  EXPECT_EQ(part.instruments[0].rows.end, 2);
  EXPECT_EQ(part.instruments[1].rows.begin, 2);
  EXPECT_EQ(part.instruments[1].symbol, "BBB");
}

TEST(SourceOfRows, LeavesOutInstrumentsWithoutRows) {
  const RegimeWalk walk = regime_walk(10);
  const RegimeSource part = source_of_rows(walk.source, {17, 18});
  ASSERT_EQ(part.instruments.size(), 1U);
  EXPECT_EQ(part.instruments[0].symbol, "BBB");
}

}  // namespace
}  // namespace regimetry::labelling
