#include "market/reading/time_format.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

std::string read(std::string_view cell, DateOrder order = DateOrder::kYearFirst) {
  const std::optional<TimeParts> parts = scan_time(cell);
  const std::optional<TimestampNs> stamp = parts ? resolve_time(*parts, order) : std::nullopt;
  return stamp ? format_timestamp(*stamp) : "nothing";
}

TEST(TimeFormat, ReadsTheStampsOfEveryExport) {
  EXPECT_EQ(read("2024-01-02"), "2024-01-02T00:00:00Z");
  EXPECT_EQ(read("2024/1/2 3:04"), "2024-01-02T03:04:00Z");
  EXPECT_EQ(read("2024.01.02 03:04:05"), "2024-01-02T03:04:05Z");
  EXPECT_EQ(read("2024-01-02T03:04:05.123456789Z"), "2024-01-02T03:04:05.123456789Z");
  EXPECT_EQ(read("2024-01-02 03:04:05-0330"), "2024-01-02T06:34:05Z");
  EXPECT_EQ(read("2024-01-02 03:04:05+01"), "2024-01-02T02:04:05Z");
  EXPECT_EQ(read("02.01.2020 00:00:00.000 GMT+0200", DateOrder::kDayFirst), "2020-01-01T22:00:00Z");
  EXPECT_EQ(read("20240102"), "2024-01-02T00:00:00Z");
  EXPECT_EQ(read("20240102 093000"), "2024-01-02T09:30:00Z");
  EXPECT_EQ(read("202401020930"), "2024-01-02T09:30:00Z");
  EXPECT_EQ(read("20240102093015"), "2024-01-02T09:30:15Z");
  EXPECT_EQ(read("Apr 09, 2020"), "2020-04-09T00:00:00Z");
  EXPECT_EQ(read("9 April 2020", DateOrder::kDayFirst), "2020-04-09T00:00:00Z");
  EXPECT_EQ(read("09-Apr-20", DateOrder::kDayFirst), "2020-04-09T00:00:00Z");
  EXPECT_EQ(read("Thu, Apr 9, 2020"), "2020-04-09T00:00:00Z");
  EXPECT_EQ(read("2020-11-20 07-AM"), "2020-11-20T07:00:00Z");
  EXPECT_EQ(read("2020-11-20 12-AM"), "2020-11-20T00:00:00Z");
  EXPECT_EQ(read("11/20/2020 12:30 PM", DateOrder::kMonthFirst), "2020-11-20T12:30:00Z");
  EXPECT_EQ(read("2024-01-02 24:00"), "2024-01-03T00:00:00Z");
}

TEST(TimeFormat, CountsAreReadByTheirSize) {
  EXPECT_EQ(read("1704067200"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(read("1704067200000"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(read("1704067200000000"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(read("1704067200000000000"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(read("1704067200.5"), "2024-01-01T00:00:00.500Z");
}

TEST(TimeFormat, RefusesWhatIsNoStamp) {
  for (const char* cell : {"",
                           "abc",
                           "2024-13-01",
                           "2024-02-30",
                           "2023-02-29",
                           "2024-01-02 25:00",
                           "2024-01-02 10:60",
                           "2024-01-02 24:01",
                           "2024-01",
                           "1.5",
                           "12345",
                           "2024-01-02 10:00:00 XYZ",
                           "2024-01-02Q",
                           "0000-01-01",
                           "3024-01-01",
                           "1.2.3.4",
                           "2024--01-02",
                           "99999999999999999999",
                           "2024-01-02 07",
                           "1e12",
                           "Foo 09, 2020"}) {
    for (const DateOrder order : kDateOrders) EXPECT_EQ(read(cell, order), "nothing") << cell;
  }
}

TEST(TimeFormat, TheOrderDecidesOnlyWhereTheYearDoesNotLead) {
  EXPECT_EQ(read("03/04/2024", DateOrder::kDayFirst), "2024-04-03T00:00:00Z");
  EXPECT_EQ(read("03/04/2024", DateOrder::kMonthFirst), "2024-03-04T00:00:00Z");
  EXPECT_EQ(read("03/04/2024", DateOrder::kYearFirst), "nothing");
  EXPECT_EQ(read("03/04/05", DateOrder::kYearFirst), "2003-04-05T00:00:00Z");
  EXPECT_EQ(read("03/04/99", DateOrder::kDayFirst), "1999-04-03T00:00:00Z");
  for (const DateOrder order : kDateOrders) EXPECT_EQ(read("2024-03-04", order), "2024-03-04T00:00:00Z");
  EXPECT_EQ(possible_orders(*scan_time("25/04/2024")), 0b010);
}

TEST(TimeFormat, CompactTimesThatLostTheirLeadingZeros) {
  EXPECT_EQ(compact_time_ns(93000, 6), 9 * kNsPerHour + 30 * kNsPerMinute);
  EXPECT_EQ(compact_time_ns(930, 4), 9 * kNsPerHour + 30 * kNsPerMinute);
  EXPECT_EQ(compact_time_ns(930, 6), 9 * kNsPerMinute + 30 * kNsPerSecond);
  EXPECT_EQ(compact_time_ns(0, 1), 0);
  EXPECT_EQ(compact_time_ns(2500, 4), std::nullopt);
}

TEST(TimeFormat, NamesItsFormats) {
  EXPECT_EQ(describe_time_format(*scan_time("02.01.2020 00:00:00.000"), DateOrder::kDayFirst),
            "DD.MM.YYYY HH:MM:SS.fff");
  EXPECT_EQ(describe_time_format(*scan_time("Apr 09, 2020"), DateOrder::kMonthFirst), "MMM DD, YYYY");
  EXPECT_EQ(describe_time_format(*scan_time("1704067200000"), DateOrder::kYearFirst), "epoch ms");
  EXPECT_EQ(describe_time_format(*scan_time("2024-01-02T03:04:05Z"), DateOrder::kYearFirst),
            "YYYY-MM-DDTHH:MM:SS+offset");
}

}  // namespace
}  // namespace regimetry::market
