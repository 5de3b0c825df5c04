#include "core/time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace regimetry {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr TimestampNs kEarliest = std::numeric_limits<TimestampNs>::min();
constexpr TimestampNs kLatest = std::numeric_limits<TimestampNs>::max();

bool is_same(const CivilTime& a, const CivilTime& b) {
  return a.year == b.year && a.month == b.month && a.day == b.day && a.hour == b.hour &&
         a.minute == b.minute && a.second == b.second && a.nanosecond == b.nanosecond;
}

TEST(Calendar, AgreesWithTheStandardLibraryOnEveryDay) {
  using namespace std::chrono_literals;
  const sys_days first = sys_days(1678y / 1 / 1), last = sys_days(2261y / 12 / 31);
  for (sys_days day = first; day <= last; day += std::chrono::days(1)) {
    const year_month_day date(day);
    const int year = static_cast<int>(date.year());
    const int month = static_cast<int>(static_cast<unsigned>(date.month()));
    const int day_of_month = static_cast<int>(static_cast<unsigned>(date.day()));
    const std::int64_t day_count = day.time_since_epoch().count();
    ASSERT_EQ(days_from_civil(year, month, day_of_month), day_count);
    ASSERT_TRUE(is_valid_date(year, month, day_of_month));

    // The first, a middle and the last nanosecond of the day.
    const TimestampNs midnight = day_count * kNsPerDay;
    ASSERT_TRUE(is_same(to_civil(midnight), {year, month, day_of_month, 0, 0, 0, 0}));
    ASSERT_TRUE(
        is_same(to_civil(midnight + kNsPerDay - 1), {year, month, day_of_month, 23, 59, 59, 999'999'999}));
    const CivilTime afternoon = {year, month, day_of_month, 13, 14, 15, 16};
    const TimestampNs stamp = midnight + 13 * kNsPerHour + 14 * kNsPerMinute + 15 * kNsPerSecond + 16;
    ASSERT_TRUE(is_same(to_civil(stamp), afternoon));
    ASSERT_EQ(to_timestamp(afternoon), stamp);

    const auto monday_first = static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1;
    ASSERT_EQ(weekday(midnight), monday_first);
    ASSERT_EQ(weekday(midnight + kNsPerDay - 1), monday_first);
  }
}

TEST(Calendar, CountsDaysFarOutsideTheStamps) {
  using namespace std::chrono_literals;
  for (const int year : {-4000, -401, -400, -1, 0, 1, 399, 400, 1582, 9999, 30000}) {
    const sys_days expected = sys_days(std::chrono::year(year) / 3 / 1);
    EXPECT_EQ(days_from_civil(year, 3, 1), expected.time_since_epoch().count()) << year;
    EXPECT_EQ(days_from_civil(year, 2, 28),
              sys_days(std::chrono::year(year) / 2 / 28).time_since_epoch().count());
  }
}

TEST(Calendar, AgreesWithTheStandardLibraryOnWhichDatesExist) {
  for (const int year : {1678, 1700, 1900, 1999, 2000, 2023, 2024, 2100, 2262}) {
    for (int month = -1; month <= 14; ++month) {
      for (int day = -1; day <= 33; ++day) {
        const bool exists =
            month > 0 && day > 0 &&
            year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day)))
                .ok();
        ASSERT_EQ(is_valid_date(year, month, day), exists) << year << "-" << month << "-" << day;
      }
    }
  }
}

TEST(Timestamp, RefusesFieldsOutOfRange) {
  EXPECT_EQ(to_timestamp({2024, 2, 30}), std::nullopt);
  EXPECT_EQ(to_timestamp({2023, 2, 29}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 13, 1}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 0, 1}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, 24}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, -1}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, 0, 60}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, 0, 0, 60}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, 0, 0, 0, 1'000'000'000}), std::nullopt);
  EXPECT_EQ(to_timestamp({2024, 1, 1, 0, 0, 0, -1}), std::nullopt);
}

TEST(Timestamp, ReachesBothEndsAndNoFurther) {
  // 2^63 ns is 106751 days, 23:47:16.854775808.
  EXPECT_EQ(to_timestamp({1677, 9, 21, 0, 12, 43, 145'224'192}), kEarliest);
  EXPECT_EQ(to_timestamp({1677, 9, 21, 0, 12, 43, 145'224'191}), std::nullopt);
  EXPECT_EQ(to_timestamp({2262, 4, 11, 23, 47, 16, 854'775'807}), kLatest);
  EXPECT_EQ(to_timestamp({2262, 4, 11, 23, 47, 16, 854'775'808}), std::nullopt);
  EXPECT_EQ(to_timestamp({0, 1, 1}), std::nullopt);
  EXPECT_EQ(to_timestamp({9999, 12, 31}), std::nullopt);
  EXPECT_EQ(to_timestamp({std::numeric_limits<int>::max(), 1, 1}), std::nullopt);
  EXPECT_EQ(to_timestamp({std::numeric_limits<int>::min(), 1, 1}), std::nullopt);
  EXPECT_TRUE(is_same(to_civil(kEarliest), {1677, 9, 21, 0, 12, 43, 145'224'192}));
  EXPECT_TRUE(is_same(to_civil(kLatest), {2262, 4, 11, 23, 47, 16, 854'775'807}));
}

TEST(Timestamp, JoinsSecondsAndNanoseconds) {
  EXPECT_EQ(timestamp_from_parts(0, 0), 0);
  EXPECT_EQ(timestamp_from_parts(-1, 999'999'999), -1);
  EXPECT_EQ(timestamp_from_parts(1, 5), kNsPerSecond + 5);
  EXPECT_EQ(timestamp_from_parts(-9'223'372'037, 145'224'192), kEarliest);
  EXPECT_EQ(timestamp_from_parts(-9'223'372'037, 145'224'191), std::nullopt);
  EXPECT_EQ(timestamp_from_parts(9'223'372'036, 854'775'808), std::nullopt);
  EXPECT_EQ(timestamp_from_parts(std::numeric_limits<std::int64_t>::min(), 0), std::nullopt);
}

TEST(Weekday, KnowsDatesOfTheCalendar) {
  EXPECT_EQ(weekday(0), 3);                            // Thursday, 1970-01-01
  EXPECT_EQ(weekday(-1), 2);                           // the Wednesday before
  EXPECT_EQ(weekday(*to_timestamp({2024, 1, 1})), 0);  // a Monday
  EXPECT_EQ(weekday(*to_timestamp({1987, 10, 19})), 0);
  EXPECT_GE(weekday(kEarliest), 0);
  EXPECT_LE(weekday(kLatest), 6);
}

}  // namespace
}  // namespace regimetry
