#include "windows/bar_span.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureTable;
using market::StampMeaning;

TEST(BarSpans, LastATimeframeFromTheirStamp) {
  const FeatureTable table = plain_table(5);
  const BarSpans spans(table, StampMeaning::kBarStart);
  EXPECT_EQ(spans.first_moment(2), 2 * kNsPerDay);
  EXPECT_EQ(spans.last_moment(2), 3 * kNsPerDay - 1);
  EXPECT_EQ(spans.last_moment(4), 5 * kNsPerDay - 1);
}

TEST(BarSpans, EndAtTheirStampWhereStampsAreEnds) {
  const FeatureTable table = plain_table(5);
  const BarSpans spans(table, StampMeaning::kBarEnd);
  EXPECT_EQ(spans.first_moment(2), 1 * kNsPerDay + 1);
  EXPECT_EQ(spans.last_moment(2), 2 * kNsPerDay);
  EXPECT_EQ(spans.first_moment(0), -kNsPerDay + 1);
}

// The day on which clocks go forward has 23 hours; a bar after a gap does not fill it.
TEST(BarSpans, NeverReachIntoANeighbourNorFillAGap) {
  FeatureTable table = plain_table(4);
  table.timestamps = {0, 23 * kNsPerHour, 50 * kNsPerDay, 51 * kNsPerDay};
  const BarSpans starts(table, StampMeaning::kBarStart), ends(table, StampMeaning::kBarEnd);
  EXPECT_EQ(starts.last_moment(0), 23 * kNsPerHour - 1);
  EXPECT_EQ(starts.last_moment(1), 47 * kNsPerHour - 1);
  EXPECT_EQ(ends.first_moment(1), 1);
  EXPECT_EQ(ends.first_moment(2), 49 * kNsPerDay + 1);
}

TEST(BarSpans, LastAMomentWithoutATimeframe) {
  FeatureTable table = plain_table(3);
  table.timeframe = {};
  for (const StampMeaning meaning : {StampMeaning::kBarStart, StampMeaning::kBarEnd}) {
    const BarSpans spans(table, meaning);
    EXPECT_EQ(spans.first_moment(1), kNsPerDay);
    EXPECT_EQ(spans.last_moment(1), kNsPerDay);
  }
}

TEST(BarSpans, TakeAMonthAsTheCalendarHasIt) {
  FeatureTable table = plain_table(1);
  table.timeframe = {0, 1};
  EXPECT_EQ(BarSpans(table, StampMeaning::kBarStart).last_moment(0), 31 * kNsPerDay - 1);
  table.timestamps = {31 * kNsPerDay};  // February 1970
  EXPECT_EQ(BarSpans(table, StampMeaning::kBarStart).last_moment(0), 59 * kNsPerDay - 1);
}

TEST(BarSpans, StayWithinAllOfTime) {
  FeatureTable table = plain_table(2);
  table.timestamps = {std::numeric_limits<TimestampNs>::min(), std::numeric_limits<TimestampNs>::max()};
  EXPECT_EQ(BarSpans(table, StampMeaning::kBarStart).last_moment(1), table.timestamps[1]);
  EXPECT_EQ(BarSpans(table, StampMeaning::kBarEnd).first_moment(0), table.timestamps[0]);
}

TEST(BarSpans, FindRowsAsAWalkOverAllOfThemDoes) {
  RngStream random = Rng(3).stream("bar_span");
  for (int trial = 0; trial < 40; ++trial) {
    const features::FeatureData data = random_features(random);
    const FeatureTable& table = data.instruments.front();
    const BarSpans spans(table, trial % 2 == 0 ? StampMeaning::kBarStart : StampMeaning::kBarEnd);
    for (int i = 0; i < 50; ++i) {
      const TimestampNs moment = between(random, -1, 60 * 300) * (kNsPerHour / 2) + between(random, -1, 1);
      std::int64_t lasting = 0, begun = 0;
      while (lasting < table.row_count() && spans.last_moment(lasting) < moment) ++lasting;
      while (begun < table.row_count() && spans.first_moment(begun) <= moment) ++begun;
      ASSERT_EQ(spans.first_row_lasting_to(moment), lasting);
      ASSERT_EQ(spans.first_row_begun_after(moment), begun);
    }
  }
}

}  // namespace
}  // namespace regimetry::windows
