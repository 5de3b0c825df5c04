#include "market/posix_time_rule.hpp"

#include <gtest/gtest.h>

#include "core/time.hpp"

namespace regimetry::market {
namespace {

std::string change_in(const YearlyChange& change, int year) {
  return format_timestamp(change.local_second(year) * kNsPerSecond);
}

TEST(PosixTimeRule, ReadsTheRuleOfNewYork) {
  const auto rule = parse_posix_time_rule("EST5EDT,M3.2.0,M11.1.0");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->standard_offset_s, -5 * 3600);
  EXPECT_EQ(rule->daylight_offset_s, -4 * 3600);
  EXPECT_EQ(change_in(rule->daylight_begins, 2024), "2024-03-10T02:00:00Z");
  EXPECT_EQ(change_in(rule->daylight_ends, 2024), "2024-11-03T02:00:00Z");
}

TEST(PosixTimeRule, ReadsQuotedNamesHalfHoursAndTimes) {
  const auto rule = parse_posix_time_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->standard_offset_s, 10 * 3600 + 1800);
  EXPECT_EQ(rule->daylight_offset_s, 11 * 3600);
  const auto nuuk = parse_posix_time_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  ASSERT_TRUE(nuuk);
  EXPECT_EQ(change_in(nuuk->daylight_begins, 2024),
            "2024-03-30T23:00:00Z");  // an hour before Sunday the 31st
  EXPECT_EQ(change_in(nuuk->daylight_ends, 2024), "2024-10-27T00:00:00Z");
}

TEST(PosixTimeRule, CountsDaysWithAndWithoutLeapDay) {
  const auto rule = parse_posix_time_rule("AAA3BBB,J60/0,60/0");
  ASSERT_TRUE(rule);
  EXPECT_EQ(change_in(rule->daylight_begins, 2023), "2023-03-01T00:00:00Z");
  EXPECT_EQ(change_in(rule->daylight_begins, 2024), "2024-03-01T00:00:00Z");
  EXPECT_EQ(change_in(rule->daylight_ends, 2023), "2023-03-02T00:00:00Z");
  EXPECT_EQ(change_in(rule->daylight_ends, 2024), "2024-03-01T00:00:00Z");
}

TEST(PosixTimeRule, IsAbsentWithoutDaylightSaving) {
  for (const char* text :
       {"", "UTC0", "JST-9", "<+01>-1", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.2.0,M11.1.0x", "E5D,M3.2.0,M11.1.0", "<+1030-10:30"}) {
    EXPECT_FALSE(parse_posix_time_rule(text)) << text;
  }
}

}  // namespace
}  // namespace regimetry::market
