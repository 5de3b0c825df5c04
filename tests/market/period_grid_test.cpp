#include "market/period_grid.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace regimetry::market {
namespace {

TimestampNs at(std::string_view iso) {
  return *parse_iso_timestamp(iso);
}

PeriodGrid grid_of(std::string_view timeframe, std::string_view zone = "UTC", std::int64_t anchor_hours = 0,
                   WeekStart week_start = WeekStart::kMonday) {
  return PeriodGrid({*Timeframe::parse(timeframe), zone == "UTC" ? TimeZone::utc() : TimeZone::parse(zone),
                     anchor_hours * kNsPerHour, week_start});
}

void expect_period(const PeriodGrid& grid, std::string_view moment, std::string_view begin,
                   std::string_view end) {
  const Period period = grid.period_of(at(moment));
  EXPECT_EQ(format_timestamp(period.begin), format_timestamp(at(begin))) << moment;
  EXPECT_EQ(format_timestamp(period.end), format_timestamp(at(end))) << moment;
}

TEST(PeriodGrid, CutsUtcDaysHoursWeeksAndMonths) {
  expect_period(grid_of("15m"), "2024-03-05T10:29:59", "2024-03-05T10:15", "2024-03-05T10:30");
  expect_period(grid_of("4h"), "2024-03-05T10:29", "2024-03-05T08:00", "2024-03-05T12:00");
  expect_period(grid_of("1d"), "2024-02-29T23:59", "2024-02-29", "2024-03-01");
  expect_period(grid_of("1w"), "2024-03-10T23:59", "2024-03-04", "2024-03-11");  // a Sunday
  expect_period(grid_of("1w", "UTC", 0, WeekStart::kSunday), "2024-03-10T00:00", "2024-03-10", "2024-03-17");
  expect_period(grid_of("1mo"), "2024-02-29T12:00", "2024-02-01", "2024-03-01");
  expect_period(grid_of("3mo"), "2024-12-31", "2024-10-01", "2025-01-01");
}

TEST(PeriodGrid, ABeginningBelongsToItsPeriodAndAnEndToTheNext) {
  expect_period(grid_of("1h"), "2024-03-05T10:00", "2024-03-05T10:00", "2024-03-05T11:00");
  expect_period(grid_of("1d"), "2024-03-05", "2024-03-05", "2024-03-06");
}

TEST(PeriodGrid, CutsTimesBefore1970) {
  expect_period(grid_of("4h"), "1969-12-31T23:00", "1969-12-31T20:00", "1970-01-01T00:00");
  expect_period(grid_of("1w"), "1929-10-29", "1929-10-28", "1929-11-04");  // Black Tuesday
  expect_period(grid_of("1mo"), "1929-10-29", "1929-10-01", "1929-11-01");
}

TEST(PeriodGrid, AnchorsMoveTheHoursOfADay) {
  const PeriodGrid grid(
      {*Timeframe::parse("4h"), TimeZone::utc(), 9 * kNsPerHour + 30 * kNsPerMinute, WeekStart::kMonday});
  expect_period(grid, "2024-03-05T10:00", "2024-03-05T09:30", "2024-03-05T13:30");
  expect_period(grid, "2024-03-05T09:29", "2024-03-05T05:30", "2024-03-05T09:30");
}

TEST(PeriodGrid, CurrencyDaysBeginAtFiveInNewYork) {
  const PeriodGrid grid = grid_of("1d", "America/New_York", 17);
  expect_period(grid, "2024-01-10T12:00", "2024-01-09T22:00", "2024-01-10T22:00");  // winter: UTC-5
  expect_period(grid, "2024-07-10T12:00", "2024-07-09T21:00", "2024-07-10T21:00");  // summer: UTC-4
}

TEST(PeriodGrid, TheCurrencyWeekThatStartsOnMondayOpensOnSundayEvening) {
  // Clocks went forward on Sunday 2024-03-10, hours before that week opened.
  expect_period(grid_of("1w", "America/New_York", 17), "2024-03-13T12:00", "2024-03-10T21:00",
                "2024-03-17T21:00");
  expect_period(grid_of("1w", "America/New_York", 17), "2024-03-08T12:00", "2024-03-03T22:00",
                "2024-03-10T21:00");
  // A session that begins in the morning belongs to its own date.
  expect_period(grid_of("1w", "America/New_York", 9), "2024-01-08T14:00", "2024-01-08T14:00",
                "2024-01-15T14:00");
  expect_period(grid_of("1mo", "America/New_York", 17), "2024-01-31T23:00", "2024-01-31T22:00",
                "2024-02-29T22:00");
}

TEST(PeriodGrid, TheDayClocksChangeIsAnHourShorterOrLonger) {
  const PeriodGrid days = grid_of("1d", "America/New_York");
  expect_period(days, "2024-03-10T12:00", "2024-03-10T05:00", "2024-03-11T04:00");  // 23 hours
  expect_period(days, "2024-11-03T12:00", "2024-11-03T04:00", "2024-11-04T05:00");  // 25 hours
  const PeriodGrid four_hours = grid_of("4h", "America/New_York");
  expect_period(four_hours, "2024-03-10T06:00", "2024-03-10T05:00",
                "2024-03-10T08:00");  // 00:00 to 04:00, without 02:00
  expect_period(four_hours, "2024-11-03T06:30", "2024-11-03T04:00", "2024-11-03T09:00");  // with 01:00 twice
}

TEST(PeriodGrid, TheHourThatComesTwiceIsTwoHours) {
  const PeriodGrid hours = grid_of("1h", "America/New_York");
  expect_period(hours, "2024-11-03T05:30", "2024-11-03T05:00", "2024-11-03T06:00");
  expect_period(hours, "2024-11-03T06:30", "2024-11-03T06:00", "2024-11-03T07:00");
}

TEST(PeriodGrid, PeriodsTouchAndNeverOverlap) {
  for (const char* timeframe : {"1h", "2h", "4h", "12h", "1d", "1w", "1mo"}) {
    for (const std::int64_t anchor : {0, 1, 2, 17}) {  // 01:00 and 02:00 stand where the clocks change
      const PeriodGrid grid = grid_of(timeframe, "America/New_York", anchor);
      Period period = grid.period_of(at("2024-01-01"));
      for (TimestampNs moment = at("2024-01-01"); moment < at("2025-01-01"); moment += 30 * kNsPerMinute) {
        if (!period.contains(moment)) {
          const Period next = grid.period_of(moment);
          ASSERT_EQ(next.begin, period.end) << timeframe << " " << anchor << " " << format_timestamp(moment);
          period = next;
        }
        ASSERT_EQ(grid.period_of(moment).begin, period.begin)
            << timeframe << " " << anchor << " " << format_timestamp(moment);
        ASSERT_TRUE(period.contains(moment));
      }
    }
  }
}

TEST(PeriodGridOptions, NamesTimeframesThatAreNoPeriods) {
  for (const char* timeframe : {"7h", "2d", "2w", "5mo"}) {
    EXPECT_EQ((PeriodGridOptions{*Timeframe::parse(timeframe)}.problems().size()), 1U) << timeframe;
  }
  for (const char* timeframe : {"1m", "30m", "4h", "1d", "1w", "1mo", "3mo"}) {
    EXPECT_TRUE((PeriodGridOptions{*Timeframe::parse(timeframe)}.problems().empty())) << timeframe;
  }
  PeriodGridOptions options;
  options.anchor = kNsPerDay;
  EXPECT_EQ(options.problems().size(), 2U);  // no timeframe either
}

}  // namespace
}  // namespace regimetry::market
