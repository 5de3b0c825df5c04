#include "market/simulation/bar_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <numeric>

#include "core/expect_error.hpp"

namespace regimetry::market {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Timeframe kDaily{.nanoseconds = kNsPerDay, .months = 0};
const Timeframe kHourly{.nanoseconds = kNsPerHour, .months = 0};
const Timeframe kWeekly{.nanoseconds = 7 * kNsPerDay, .months = 0};
const Timeframe kMonthly{.nanoseconds = 0, .months = 1};

std::vector<std::string> stamps_of(const CalendarOptions& options, Timeframe timeframe, std::int64_t count) {
  std::vector<std::string> text;
  for (const TimestampNs stamp : make_calendar(options, timeframe, count).stamps)
    text.push_back(format_timestamp_short(stamp));
  return text;
}

CalendarOptions starting(const char* date, CalendarKind kind = CalendarKind::kAuto) {
  CalendarOptions options;
  options.start = date;
  options.kind = kind;
  return options;
}

TEST(BarCalendar, BusinessDaysSkipWeekends) {
  EXPECT_THAT(stamps_of(starting("2024-01-05"), kDaily, 3),
              ElementsAre("2024-01-05", "2024-01-08", "2024-01-09"));
  EXPECT_THAT(stamps_of(starting("2024-01-06"), kDaily, 2),
              ElementsAre("2024-01-08", "2024-01-09"));  // a Saturday
}

TEST(BarCalendar, WeeksStartOnMondaysAndMonthsOnTheFirst) {
  EXPECT_THAT(stamps_of(starting("2024-01-03"), kWeekly, 2), ElementsAre("2024-01-08", "2024-01-15"));
  EXPECT_THAT(stamps_of(starting("2023-11-15"), kMonthly, 3),
              ElementsAre("2023-12-01", "2024-01-01", "2024-02-01"));
  EXPECT_THAT(stamps_of(starting("2023-11-01"), {.nanoseconds = 0, .months = 3}, 3),
              ElementsAre("2023-11-01", "2024-02-01", "2024-05-01"));
}

TEST(BarCalendar, RoundTheClockNeverStops) {
  EXPECT_THAT(stamps_of(starting("2024-01-05T22:30", CalendarKind::kAlways), kHourly, 3),
              ElementsAre("2024-01-05 23:00", "2024-01-06", "2024-01-06 01:00"));
  EXPECT_THAT(stamps_of(starting("2024-01-05", CalendarKind::kAlways), kDaily, 3),
              ElementsAre("2024-01-05", "2024-01-06", "2024-01-07"));
}

TEST(BarCalendar, SessionsFollowTheClocksOfTheirZone) {
  // New York changes its clocks on Sunday 2024-03-10: 09:30 is 14:30 UTC before and 13:30 UTC after.
  const std::vector<std::string> stamps = stamps_of(starting("2024-03-08"), kHourly, 8);
  EXPECT_THAT(stamps,
              ElementsAre("2024-03-08 14:30", "2024-03-08 15:30", "2024-03-08 16:30", "2024-03-08 17:30",
                          "2024-03-08 18:30", "2024-03-08 19:30", "2024-03-08 20:30", "2024-03-11 13:30"));
}

TEST(BarCalendar, SessionsOfEasternZonesMayOpenOnTheUtcDayBefore) {
  CalendarOptions options = starting("2024-01-08");  // a Monday; Sydney opens at 23:00 UTC of the day before
  options.time_zone = "Australia/Sydney";
  options.session_open = "10:00";
  EXPECT_THAT(stamps_of(options, kHourly, 1), ElementsAre("2024-01-08 23:00"));
  options.start = "2024-01-07T20:00";
  EXPECT_THAT(stamps_of(options, kHourly, 1), ElementsAre("2024-01-07 23:00"));
}

TEST(BarCalendar, SessionProfileIsUShapedAndKeepsTheDaysVariance) {
  const BarCalendar calendar =
      make_calendar(starting("2024-01-02"), {.nanoseconds = 15 * kNsPerMinute, .months = 0}, 60);
  ASSERT_EQ(calendar.slot_count(), 26);  // 6.5 hours
  double variance = 0;
  for (const double multiplier : calendar.sd_multipliers) variance += multiplier * multiplier;
  EXPECT_NEAR(variance / 26, 1, 1e-14);
  EXPECT_NEAR(
      std::accumulate(calendar.volume_multipliers.begin(), calendar.volume_multipliers.end(), 0.0) / 26, 1,
      1e-14);
  EXPECT_GT(calendar.sd_multipliers[0], calendar.sd_multipliers[12]);
  EXPECT_NEAR(calendar.sd_multipliers[0], calendar.sd_multipliers[25], 1e-14);
  EXPECT_TRUE(calendar.gap_shares.empty());
  EXPECT_DOUBLE_EQ(calendar.trading_days_per_bar, 1.0 / 26);
}

TEST(BarCalendar, AShortLastBarHasLessVariance) {
  CalendarOptions options = starting("2024-01-02");
  options.intraday_seasonality = 0;
  const BarCalendar calendar = make_calendar(options, kHourly, 7);
  ASSERT_EQ(calendar.slot_count(), 7);  // six hours and a half one
  EXPECT_NEAR(calendar.sd_multipliers[6] * calendar.sd_multipliers[6] /
                  (calendar.sd_multipliers[0] * calendar.sd_multipliers[0]),
              0.5, 1e-14);
}

TEST(BarCalendar, TheNightGoesToTheFirstBarOfASession) {
  CalendarOptions options = starting("2024-01-02");
  options.intraday_seasonality = 0;
  options.session_open = "09:00";
  options.session_close = "13:00";
  options.overnight_share = 0.2;
  const BarCalendar calendar = make_calendar(options, kHourly, 8);
  // A day of 4 bar variances: .8 in the night and .8 in each hour.
  EXPECT_NEAR(calendar.sd_multipliers[0] * calendar.sd_multipliers[0], 1.6, 1e-14);
  EXPECT_NEAR(calendar.sd_multipliers[1] * calendar.sd_multipliers[1], 0.8, 1e-14);
  EXPECT_NEAR(calendar.gap_shares[0], 0.5, 1e-14);
  EXPECT_EQ(calendar.gap_shares[1], 0);
}

TEST(BarCalendar, DailyBarsGapByTheShareItself) {
  CalendarOptions options = starting("2024-01-02");
  options.overnight_share = 0.3;
  const BarCalendar calendar = make_calendar(options, kDaily, 2);
  EXPECT_EQ(calendar.gap_shares, std::vector<double>{0.3});
  EXPECT_TRUE(calendar.has_flat_sd());
}

TEST(BarCalendar, TradingDaysPerBar) {
  EXPECT_EQ(trading_days_per_bar(starting("2024-01-02"), kMonthly), 20);
  EXPECT_EQ(trading_days_per_bar(starting("2024-01-02"), kWeekly), 5);
  EXPECT_EQ(trading_days_per_bar(starting("2024-01-02", CalendarKind::kAlways), kWeekly), 7);
  EXPECT_DOUBLE_EQ(trading_days_per_bar(starting("2024-01-02", CalendarKind::kAlways), kHourly), 1.0 / 24);
  EXPECT_DOUBLE_EQ(trading_days_per_bar(starting("2024-01-02"), kHourly), 1.0 / 7);
}

TEST(BarCalendar, BarsPastTheEndOfTimeAreRefused) {
  const auto make = [](Timeframe timeframe, std::int64_t count) {
    return message_of(ErrorKind::kUsage,
                      [&] { static_cast<void>(make_calendar(starting("2000-01-03"), timeframe, count)); });
  };
  EXPECT_THAT(make(kDaily, 100'000), HasSubstr("past the year 2262"));
  EXPECT_THAT(make(kWeekly, 20'000), HasSubstr("past the year 2262"));
  EXPECT_THAT(make(kMonthly, 4'000), HasSubstr("past the year 2262"));
  EXPECT_THAT(make(kHourly, 1'000'000), HasSubstr("past the year 2262"));
}

TEST(BarCalendar, WhatDoesNotFitIsExplained) {
  const auto make = [](const CalendarOptions& options, Timeframe timeframe) {
    return message_of(ErrorKind::kUsage, [&] { static_cast<void>(make_calendar(options, timeframe, 10)); });
  };
  EXPECT_THAT(make(starting("2024-13-01"), kDaily), HasSubstr("--start '2024-13-01'"));
  EXPECT_THAT(make(starting("2024-01-02", CalendarKind::kBusiness), kHourly),
              HasSubstr("--calendar session or 24x7"));
  EXPECT_THAT(make(starting("2024-01-02", CalendarKind::kSession), kDaily), HasSubstr("--calendar business"));
  EXPECT_THAT(make(starting("2024-01-02"), {.nanoseconds = 7 * kNsPerHour, .months = 0}),
              HasSubstr("7h cannot be simulated"));
  EXPECT_THAT(make(starting("2024-01-02"), {.nanoseconds = 8 * kNsPerHour, .months = 0}),
              HasSubstr("longer than the session"));
  CalendarOptions options = starting("2024-01-02");
  options.session_open = "9h30";
  EXPECT_THAT(make(options, kHourly), HasSubstr("--session-open: '9h30'"));
  options.session_open = "17:00";
  EXPECT_THAT(make(options, kHourly), HasSubstr("is not after"));
  options = starting("2024-01-02");
  options.overnight_share = 1;
  EXPECT_THAT(make(options, kDaily), HasSubstr("--overnight-share 1"));
  EXPECT_THAT(make(starting("1677-12-31"), kDaily), HasSubstr("before 1678"));
}

TEST(BarCalendar, EveryProblemIsToldAtOnce) {
  CalendarOptions options = starting("foo");
  options.session_open = "9:30";
  options.session_close = "25:00";
  options.time_zone = "Europe/Nowhere";
  options.overnight_share = 2;
  options.intraday_seasonality = -1;
  EXPECT_THAT(options.problems(std::nullopt, 10),
              testing::UnorderedElementsAre(HasSubstr("--start 'foo'"), HasSubstr("--session-open: '9:30'"),
                                            HasSubstr("--session-close: '25:00'"),
                                            HasSubstr("--session-zone: "), HasSubstr("--overnight-share 2"),
                                            HasSubstr("--intraday-seasonality -1")));
}

TEST(BarCalendar, OptionsWithoutEffectAreRefused) {
  CalendarOptions options = starting("2024-01-02");
  options.overnight_share = 0.3;
  EXPECT_THAT(options.problems(kDaily, 10), testing::IsEmpty());
  EXPECT_THAT(options.problems(kHourly, 10), testing::IsEmpty());
  EXPECT_THAT(options.problems(kWeekly, 10), ElementsAre(HasSubstr("no nights")));
  EXPECT_THAT(options.problems(kMonthly, 10), ElementsAre(HasSubstr("no nights")));
  options.kind = CalendarKind::kAlways;
  EXPECT_THAT(options.problems(kDaily, 10), ElementsAre(HasSubstr("--calendar 24x7 has no nights")));
  EXPECT_THAT(options.problems(kHourly, 10), ElementsAre(HasSubstr("no nights")));
  options = starting("2024-01-02");
  options.intraday_seasonality = 0.4;
  EXPECT_THAT(options.problems(kHourly, 10), testing::IsEmpty());
  EXPECT_THAT(options.problems(kDaily, 10), ElementsAre(HasSubstr("no sessions")));
  options.intraday_seasonality = 0;  // asks for what daily bars are
  EXPECT_THAT(options.problems(kDaily, 10), testing::IsEmpty());
}

// The judgement without stamps must agree with the stamps: one bar fewer than refused has to work.
TEST(BarCalendar, TheEndOfTimeIsFoundWithoutMakingEveryBar) {
  CalendarOptions options = starting("2000-01-03", CalendarKind::kAlways);
  EXPECT_THAT(options.problems(Timeframe{.nanoseconds = kNsPerMinute, .months = 0}, 1'000'000'000),
              ElementsAre(HasSubstr("past the year 2262")));
  options.start = "1700-01-01";  // farther from the end than signed stamps can say
  const Timeframe six_hours{.nanoseconds = 6 * kNsPerHour, .months = 0};
  std::int64_t fits = 1, too_many = 10'000'000;
  while (too_many - fits > 1) {
    const std::int64_t middle = (fits + too_many) / 2;
    (options.problems(six_hours, middle).empty() ? fits : too_many) = middle;
  }
  const std::vector<TimestampNs> stamps = make_calendar(options, six_hours, fits).stamps;
  EXPECT_EQ(stamps.size(), static_cast<std::size_t>(fits));
  EXPECT_THAT(format_timestamp_short(stamps.back()), testing::StartsWith("2261-03"));  // 400 days before
}

}  // namespace
}  // namespace regimetry::market
