#include "regimes/structure/shared_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;
using Stamps = std::vector<TimestampNs>;
using Sequences = std::vector<IndexRange>;

TEST(ShareCalendar, PlacesRowsAmongTheStampsOfAll) {
  const SharedCalendar calendar = share_calendar(Stamps{10, 30, 40, 20, 30}, Sequences{{0, 3}, {3, 5}});
  EXPECT_EQ(calendar.size, 4);
  EXPECT_THAT(calendar.places, ElementsAre(0, 2, 3, 1, 2));
}

TEST(ShareCalendar, CountsRowsOfASingleInstrumentAndWhereNoTimeIsKnown) {
  const SharedCalendar single = share_calendar(Stamps{10, 500, 500}, Sequences{{0, 3}});
  EXPECT_EQ(single.size, 3);
  EXPECT_THAT(single.places, ElementsAre(0, 1, 2));
  const SharedCalendar timeless = share_calendar({}, Sequences{{0, 3}, {3, 5}});
  EXPECT_EQ(timeless.size, 3);
  EXPECT_THAT(timeless.places, ElementsAre(0, 1, 2, 0, 1));
}

TEST(ShareCalendar, PutsRowsOfOneStampBehindEachOther) {
  const SharedCalendar calendar = share_calendar(Stamps{10, 10, 20, 10, 20}, Sequences{{0, 3}, {3, 5}});
  EXPECT_EQ(calendar.size, 3);
  EXPECT_THAT(calendar.places, ElementsAre(0, 1, 2, 0, 2));
}

TEST(ShareCalendar, HoldsNothingWithoutRows) {
  EXPECT_EQ(share_calendar({}, {}).size, 0);
  EXPECT_THAT(share_calendar(Stamps{7}, Sequences{{0, 0}, {0, 1}}).places, ElementsAre(0));
}

}  // namespace
}  // namespace regimetry::regimes
