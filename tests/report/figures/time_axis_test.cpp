#include "report/figures/time_axis.hpp"

#include <gmock/gmock.h>

namespace regimetry::report {
namespace {

std::vector<TimestampNs> every(std::string_view first, std::int64_t step, int count) {
  std::vector<TimestampNs> stamps;
  for (int i = 0; i < count; ++i) stamps.push_back(*parse_iso_timestamp(first) + i * step);
  return stamps;
}

std::vector<std::string> labels_of(const std::vector<TimeTick>& ticks) {
  std::vector<std::string> labels;
  for (const TimeTick& tick : ticks) labels.push_back(tick.label);
  return labels;
}

TEST(TimeAxis, ChoosesTheFinestUnitThatFits) {
  EXPECT_THAT(labels_of(time_ticks(every("2015-02-01", kNsPerDay, 1800), 6)),
              testing::ElementsAre("2016", "2017", "2018", "2019", "2020"));
  EXPECT_THAT(labels_of(time_ticks(every("2020-01-15", kNsPerDay, 120), 6)),
              testing::ElementsAre("Feb 2020", "Mar 2020", "Apr 2020", "May 2020"));
  EXPECT_THAT(labels_of(time_ticks(every("2020-01-15", kNsPerHour, 72), 3)),
              testing::ElementsAre("16 Jan 2020", "17 Jan 2020"));
  EXPECT_THAT(labels_of(time_ticks(every("2020-01-15", kNsPerMinute, 46), 3)),
              testing::ElementsAre("00:15", "00:30", "00:45"));
}

TEST(TimeAxis, ANewDayAmongHoursSaysItsDate) {
  EXPECT_THAT(labels_of(time_ticks(every("2020-01-15T10:00", kNsPerHour, 30), 6)),
              testing::ElementsAre("12:00", "18:00", "16 Jan", "06:00", "12:00"));
}

TEST(TimeAxis, MarksTheFirstBarOfAUnitWhereverItFalls) {
  // Friday and Monday stand side by side; 2022-01-01 was a Saturday.
  std::vector<TimestampNs> stamps;
  for (const TimestampNs stamp : every("2021-11-01", kNsPerDay, 90)) {
    if (weekday(stamp) < 5) stamps.push_back(stamp);
  }
  const std::vector<TimeTick> ticks = time_ticks(stamps, 4);
  ASSERT_THAT(labels_of(ticks), testing::ElementsAre("Dec 2021", "Jan 2022"));
  EXPECT_EQ(format_timestamp_short(stamps[static_cast<std::size_t>(ticks[1].bar)]), "2022-01-03");
}

TEST(TimeAxis, NeverGivesMoreThanAsked) {
  for (const std::int64_t step : {kNsPerMinute, kNsPerHour, kNsPerDay, 30 * kNsPerDay}) {
    for (const int count : {1, 2, 10, 1000}) {
      for (const int most : {1, 3, 9}) {
        const std::vector<TimeTick> ticks = time_ticks(every("1960-03-07T05:00", step, count), most);
        EXPECT_GE(ticks.size(), 1U);
        EXPECT_LE(static_cast<int>(ticks.size()), most);
        for (const TimeTick& tick : ticks) {
          EXPECT_GE(tick.bar, 0);
          EXPECT_LT(tick.bar, count);
        }
      }
    }
  }
}

TEST(TimeAxis, ThinsMarksThatStandTooNear) {
  // After a hole of years, January follows December of another year at once.
  std::vector<TimestampNs> stamps = every("2010-01-01", kNsPerDay, 300);
  for (const char* late : {"2012-06-01", "2013-06-01", "2014-06-01"})
    stamps.push_back(*parse_iso_timestamp(late));
  const std::vector<TimeTick> ticks = time_ticks(stamps, 20);
  for (std::size_t i = 1; i < ticks.size(); ++i) EXPECT_GE(ticks[i].bar - ticks[i - 1].bar, 303 / 40);
}

TEST(TimeAxis, ASingleStampIsWrittenOut) {
  EXPECT_THAT(labels_of(time_ticks(every("2020-01-15T10:30", kNsPerDay, 1), 5)),
              testing::ElementsAre("2020-01-15 10:30"));
}

}  // namespace
}  // namespace regimetry::report
