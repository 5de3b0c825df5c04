#include "market/timeframe.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace regimetry::market {
namespace {

constexpr std::int64_t kMonday = 4 * kNsPerDay;  // 1970-01-05 was a Monday

constexpr Timeframe minutes(std::int64_t count) {
  return {count * kNsPerMinute, 0};
}
constexpr Timeframe hours(std::int64_t count) {
  return {count * kNsPerHour, 0};
}
constexpr Timeframe days(std::int64_t count) {
  return {count * kNsPerDay, 0};
}
constexpr Timeframe months(int count) {
  return {0, count};
}

int weekday_of(std::int64_t day) {
  return static_cast<int>(day % 7);
}  // of days after kMonday: 0 is a Monday

std::vector<TimestampNs> stamps_at_days(const std::vector<std::int64_t>& days_after_monday) {
  std::vector<TimestampNs> stamps;
  for (const std::int64_t day : days_after_monday) stamps.push_back(kMonday + day * kNsPerDay);
  return stamps;
}

std::vector<TimestampNs> weekdays(int day_count) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < day_count; ++day) {
    if (weekday_of(day) < 5) stamps.push_back(kMonday + day * kNsPerDay);
  }
  return stamps;
}

TEST(TimeframeName, UsesTheLargestUnitThatFits) {
  EXPECT_EQ(minutes(1).name(), "1m");
  EXPECT_EQ(minutes(15).name(), "15m");
  EXPECT_EQ(minutes(60).name(), "1h");
  EXPECT_EQ(hours(4).name(), "4h");
  EXPECT_EQ(days(1).name(), "1d");
  EXPECT_EQ(days(7).name(), "1w");
  EXPECT_EQ(months(1).name(), "1mo");
  EXPECT_EQ((Timeframe{90 * kNsPerSecond, 0}).name(), "90s");
  EXPECT_EQ((Timeframe{250'000'000, 0}).name(), "250ms");
  EXPECT_EQ(Timeframe{}.name(), "unknown");
}

TEST(TimeframeParse, ReadsWhatNameWrites) {
  for (const Timeframe timeframe : {minutes(1), minutes(30), hours(1), hours(12), days(1), days(3), days(7),
                                    days(14), months(1), months(3), Timeframe{90 * kNsPerSecond, 0},
                                    Timeframe{5'000'000, 0}, Timeframe{7'000, 0}, Timeframe{1, 0}}) {
    EXPECT_EQ(Timeframe::parse(timeframe.name()), timeframe) << timeframe.name();
  }
}

TEST(TimeframeParse, ReadsTheSpellingsOfOtherTools) {
  EXPECT_EQ(Timeframe::parse("60min"), hours(1));
  EXPECT_EQ(Timeframe::parse("M15"), minutes(15));
  EXPECT_EQ(Timeframe::parse("H4"), hours(4));
  EXPECT_EQ(Timeframe::parse("D1"), days(1));
  EXPECT_EQ(Timeframe::parse("W1"), days(7));
  EXPECT_EQ(Timeframe::parse("MN1"), months(1));
  EXPECT_EQ(Timeframe::parse("Daily"), days(1));
  EXPECT_EQ(Timeframe::parse("HOURLY"), hours(1));
  EXPECT_EQ(Timeframe::parse("weekly"), days(7));
  EXPECT_EQ(Timeframe::parse("monthly"), months(1));
  EXPECT_EQ(Timeframe::parse("5 minutes"), minutes(5));
}

TEST(TimeframeParse, TellsMinutesFromMonths) {
  EXPECT_EQ(Timeframe::parse("1m"), minutes(1));
  EXPECT_EQ(Timeframe::parse("1mo"), months(1));
  EXPECT_EQ(Timeframe::parse("1M"), months(1));
}

TEST(TimeframeParse, RefusesWhatIsNoTimeframe) {
  for (const char* text : {"", "m", "h", "0m", "-1h", "1x", "h4x", "4hh", "1.5h", "99999999999999999999d",
                           "1000000000d", " 1h", "yesterday"}) {
    EXPECT_EQ(Timeframe::parse(text), std::nullopt) << text;
  }
}

TEST(InferTimeframe, DailyStocksStayDailyWithWeekendsAndHolidays) {
  std::vector<TimestampNs> stamps = weekdays(7 * 52);
  for (const std::size_t holiday : {200U, 120U, 60U}) stamps.erase(stamps.begin() + holiday);
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_EQ(estimate.timeframe, days(1));
  EXPECT_NEAR(estimate.matching_share, 0.8, 0.03);  // four of five steps of a week
  // 257 bars from the first Monday to the Friday of week 52, which is 361 days later.
  EXPECT_DOUBLE_EQ(estimate.bars_per_year, 256.0 / 361.0 * 365.25);
}

TEST(InferTimeframe, CryptoDaysRunAllWeek) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < 400; ++day) stamps.push_back(kMonday + day * kNsPerDay);
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_EQ(estimate.timeframe, days(1));
  EXPECT_DOUBLE_EQ(estimate.matching_share, 1.0);
  EXPECT_DOUBLE_EQ(estimate.bars_per_year, 365.25);
}

TEST(InferTimeframe, IntradaySessionsStayIntradayAcrossNights) {
  std::vector<TimestampNs> stamps;  // 7 hourly bars a day from 14:30
  for (std::int64_t day = 0; day < 70; ++day) {
    if (weekday_of(day) >= 5) continue;
    for (std::int64_t bar = 0; bar < 7; ++bar) {
      stamps.push_back(kMonday + day * kNsPerDay + 14 * kNsPerHour + 30 * kNsPerMinute + bar * kNsPerHour);
    }
  }
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_EQ(estimate.timeframe, hours(1));
  EXPECT_NEAR(estimate.matching_share, 6.0 / 7.0, 0.01);
  // 350 bars; the last one stands 67 days and 6 hours after the first.
  EXPECT_DOUBLE_EQ(estimate.bars_per_year, 349.0 / 67.25 * 365.25);
}

TEST(InferTimeframe, TwoBarsASessionAreEnough) {
  std::vector<TimestampNs> stamps;  // 4-hour bars of a stock exchange: steps of 4, 20, 4, 20, ... hours
  for (std::int64_t day = 0; day < 50; ++day) {
    if (weekday_of(day) >= 5) continue;
    stamps.push_back(kMonday + day * kNsPerDay + 14 * kNsPerHour);
    stamps.push_back(kMonday + day * kNsPerDay + 18 * kNsPerHour);
  }
  EXPECT_EQ(infer_timeframe(stamps).timeframe, hours(4));
}

TEST(InferTimeframe, DailyForexWithSundayBarsAndDaylightSaving) {
  std::vector<TimestampNs> stamps;  // 22:00 in winter, 21:00 in summer; Sunday to Thursday evenings
  for (std::int64_t day = 0; day < 364; ++day) {
    if (weekday_of(day) == 4 || weekday_of(day) == 5) continue;
    const bool is_summer = day > 80 && day < 300;
    stamps.push_back(kMonday + day * kNsPerDay + (is_summer ? 21 : 22) * kNsPerHour);
  }
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_EQ(estimate.timeframe, days(1));
  EXPECT_NEAR(estimate.bars_per_year, 5 * 365.25 / 7, 3);
}

TEST(InferTimeframe, WeeklyBarsMayMoveByADayForHolidays) {
  std::vector<TimestampNs> stamps;
  for (std::int64_t week = 0; week < 60; ++week) {
    const std::int64_t holiday = week % 10 == 3 ? -1 : 0;
    stamps.push_back(kMonday + (7 * week + 4 + holiday) * kNsPerDay);
  }
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_EQ(estimate.timeframe, days(7));
  EXPECT_EQ(estimate.timeframe.name(), "1w");
  EXPECT_NEAR(estimate.bars_per_year, 52.18, 0.2);
}

TEST(InferTimeframe, CalendarMonthsAreMonthsWhateverTheirLength) {
  const TimeframeEstimate estimate =
      infer_timeframe(stamps_at_days({0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}));
  EXPECT_EQ(estimate.timeframe, months(1));
  EXPECT_DOUBLE_EQ(estimate.matching_share, 1.0);
  EXPECT_DOUBLE_EQ(estimate.bars_per_year, 12.0 / 365.0 * 365.25);
}

TEST(InferTimeframe, LastTradingDaysOfMonthsAreMonthly) {
  // 2021-01-29 and on: the last weekdays of the months of one year, as days since the first.
  EXPECT_EQ(
      infer_timeframe(stamps_at_days({0, 28, 61, 91, 122, 152, 182, 214, 244, 273, 305, 336})).timeframe,
      months(1));
}

TEST(InferTimeframe, EqualFourWeekStepsAreNotMonths) {
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 28, 56, 84, 112})).timeframe, days(28));
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 30, 60, 90, 120})).timeframe, days(30));
}

TEST(InferTimeframe, JulyAndAugustAloneAreMonths) {
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 31, 62})).timeframe, months(1));
}

TEST(InferTimeframe, QuartersAndYears) {
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 90, 181, 273, 365})).timeframe, months(3));
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 365, 730, 1096, 1461})).timeframe, months(12));
}

TEST(InferTimeframe, IrregularStampsHaveNoTimeframeButARate) {
  std::mt19937_64 random(3);
  std::vector<TimestampNs> stamps{kMonday};
  for (int i = 0; i < 1000; ++i) {
    stamps.push_back(stamps.back() + static_cast<std::int64_t>(random() % (3600ULL * kNsPerSecond)) + 1);
  }
  const TimeframeEstimate estimate = infer_timeframe(stamps);
  EXPECT_FALSE(estimate.timeframe.is_known());
  EXPECT_EQ(estimate.matching_share, 0);
  const double years = static_cast<double>(stamps.back() - stamps.front()) / (365.25 * 86400e9);
  EXPECT_NEAR(estimate.bars_per_year, 1000 / years, 1e-6 * 1000 / years);
}

TEST(InferTimeframe, TooFewStampsSayNothing) {
  EXPECT_FALSE(infer_timeframe({}).timeframe.is_known());
  EXPECT_EQ(infer_timeframe({}).bars_per_year, 0);
  EXPECT_EQ(infer_timeframe(stamps_at_days({0})).bars_per_year, 0);
  EXPECT_FALSE(infer_timeframe(stamps_at_days({0, 1})).timeframe.is_known());
  EXPECT_EQ(infer_timeframe(stamps_at_days({0, 1, 2})).timeframe, days(1));
}

TEST(InferTimeframe, BarsPerYearLeaveHolesOut) {
  std::vector<TimestampNs> stamps = weekdays(700);
  const double whole = infer_timeframe(stamps).bars_per_year;
  for (std::size_t i = stamps.size() / 2; i < stamps.size(); ++i)
    stamps[i] += 40 * 364 * kNsPerDay;  // 40 years lost
  EXPECT_NEAR(infer_timeframe(stamps).bars_per_year, whole, 0.005 * whole);

  std::vector<TimestampNs> monthly = stamps_at_days({0, 31, 59, 90, 120, 151});
  monthly.push_back(monthly.back() + 90 * kNsPerDay);  // two months missing are within what months may lack
  EXPECT_DOUBLE_EQ(infer_timeframe(monthly).bars_per_year, 6.0 / 241.0 * 365.25);
}

TEST(InferTimeframe, IntradayBarsOfLessThanAWeekHaveNoRate) {
  std::vector<TimestampNs> stamps;  // 24 hours a day: around the clock, or a currency from Monday to Friday?
  for (std::int64_t hour = 0; hour < 7 * 24; ++hour) stamps.push_back(kMonday + hour * kNsPerHour);
  EXPECT_EQ(infer_timeframe(stamps).bars_per_year, 0);
  stamps.push_back(kMonday + 7 * kNsPerDay);
  EXPECT_DOUBLE_EQ(infer_timeframe(stamps).bars_per_year, 24 * 365.25);
}

TEST(InferTimeframe, RepeatedStampsChangeNothing) {
  const std::vector<TimestampNs> once = weekdays(100);
  std::vector<TimestampNs> thrice;
  for (const TimestampNs stamp : once) thrice.insert(thrice.end(), 3, stamp);
  const TimeframeEstimate expected = infer_timeframe(once);
  const TimeframeEstimate estimate = infer_timeframe(thrice);
  EXPECT_EQ(estimate.timeframe, expected.timeframe);
  EXPECT_DOUBLE_EQ(estimate.matching_share, expected.matching_share);
  EXPECT_DOUBLE_EQ(estimate.bars_per_year, expected.bars_per_year);
}

// The slow way: count every step in a map and take the most frequent, smaller first.
TEST(InferTimeframe, AgreesWithAPlainCountOfIntradaySteps) {
  std::mt19937_64 random(11);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<TimestampNs> stamps{kMonday};
    const int distinct = 1 + static_cast<int>(random() % 6);
    std::map<std::int64_t, std::int64_t> counts;
    for (int i = 0; i < 60; ++i) {
      const std::int64_t step =
          (1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(distinct))) * kNsPerMinute;
      stamps.push_back(stamps.back() + step);
      ++counts[step];
    }
    std::pair<std::int64_t, std::int64_t> best{0, 0};
    for (const auto& [step, count] : counts) {
      if (count > best.second) best = {step, count};
    }
    const TimeframeEstimate estimate = infer_timeframe(stamps);
    EXPECT_EQ(estimate.timeframe.nanoseconds, best.second * 3 >= 60 ? best.first : 0) << trial;
  }
}

}  // namespace
}  // namespace regimetry::market
