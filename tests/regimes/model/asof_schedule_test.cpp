#include "regimes/model/asof_schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<TimestampNs> stamps(std::int64_t count) {
  std::vector<TimestampNs> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

TEST(AsofSchedule, FitsAfterTheFirstSpanAndThenAtEqualSteps) {
  EXPECT_THAT(asof_cuts(stamps(35), {.initial_stamps = 10, .refit_stamps = 10}), ElementsAre(10, 20, 30));
}

TEST(AsofSchedule, FitsWheneverTheHistoryHasGrownByAQuarter) {
  EXPECT_THAT(asof_cuts(stamps(200), {.initial_stamps = 100}), ElementsAre(100, 125, 157, 197));
}

TEST(AsofSchedule, IsEmptyWhileTheFirstSpanIsNotOver) {
  EXPECT_THAT(asof_cuts(stamps(100), {.initial_stamps = 100}), IsEmpty());
  EXPECT_THAT(asof_cuts({}, {}), IsEmpty());
}

TEST(AsofSchedule, CountsAStampOfManyInstrumentsOnce) {
  EXPECT_THAT(
      asof_cuts(std::vector<TimestampNs>{1, 2, 3, 4, 1, 2, 3, 4}, {.initial_stamps = 2, .refit_stamps = 1}),
      ElementsAre(3, 4));
}

TEST(AsofSchedule, OfALongerHistoryBeginsWithThatOfAShorterOne) {
  const AsofOptions options{.initial_stamps = 50};
  const std::vector<TimestampNs> whole = asof_cuts(stamps(5000), options);
  for (const std::int64_t count : {51, 77, 500, 4999}) {
    const std::vector<TimestampNs> part = asof_cuts(stamps(count), options);
    ASSERT_LE(part.size(), whole.size());
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << count;
    EXPECT_TRUE(part.size() == whole.size() || whole[part.size()] >= count) << count;
  }
}

TEST(AsofSchedule, RefusesWhatMakesNoSense) {
  EXPECT_THAT((AsofOptions{.initial_stamps = 1, .refit_stamps = 0, .growth = 0}.problems()),
              testing::SizeIs(3));
  EXPECT_THAT(AsofOptions().problems(), IsEmpty());
}

}  // namespace
}  // namespace regimetry::regimes
