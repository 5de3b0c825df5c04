#include <gtest/gtest.h>

#include <algorithm>

#include "market/quality/bars_maker.hpp"

namespace regimetry::market {
namespace {

// Bars of the given stamps without those from `begin` to `end` (not included).
Bars with_hole(std::vector<TimestampNs> stamps, TimestampNs begin, TimestampNs end) {
  std::erase_if(stamps, [&](TimestampNs stamp) { return stamp >= begin && stamp < end; });
  return healthy_bars(std::move(stamps), 0.001);
}

std::vector<std::string> findings_of(const InstrumentQuality& quality) {
  std::vector<std::string> keys;
  for (const QualityFinding& finding : quality.findings) keys.push_back(finding.check);
  return keys;
}

TEST(CheckCalendar, NightsWeekendsAndDaylightSavingAreNoGaps) {
  EXPECT_EQ(findings_of(check(healthy_bars(session_stamps(730), 0.001))), std::vector<std::string>{});
  EXPECT_EQ(findings_of(check(healthy_days(1000))), std::vector<std::string>{});
  EXPECT_EQ(findings_of(check(healthy_bars(steady_stamps(3000, kNsPerHour)))), std::vector<std::string>{});
}

TEST(CheckCalendar, AHolidayOfADayIsARemark) {
  const InstrumentQuality quality = check(without_rows(healthy_days(), 302, 303));  // a Wednesday
  const QualityFinding* finding = find(quality, "missing_bars");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kInfo);
  EXPECT_EQ(finding->count, 1);
  EXPECT_EQ(finding->first.row, 302);  // the bar after the hole
  EXPECT_EQ(find(quality, "gap"), nullptr);
}

TEST(CheckCalendar, AWeekWithoutDaysIsAGapOfFiveBars) {
  const InstrumentQuality quality = check(without_rows(healthy_days(), 300, 305));  // Monday to Friday
  const QualityFinding* finding = find(quality, "gap");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kWarning);
  EXPECT_EQ(finding->count, 1);
  EXPECT_EQ(finding->title, "gaps in the instrument's own calendar (5 bars missing)");
}

TEST(CheckCalendar, CountsTheBarsOfALongGapWithoutItsWeekends) {
  const InstrumentQuality quality = check(without_rows(healthy_days(), 300, 345));  // nine weeks of five days
  EXPECT_EQ(find(quality, "gap")->title, "gaps in the instrument's own calendar (45 bars missing)");
}

TEST(CheckCalendar, WhereTheMarketNeverClosesEveryMissingBarIsAGap) {
  const InstrumentQuality quality =
      check(without_rows(healthy_bars(steady_stamps(3000, kNsPerHour)), 1000, 1001));
  EXPECT_EQ(count_of(quality, "gap"), 1);
  EXPECT_EQ(find(quality, "gap")->first.values.substr(0, 13), "1 bar missing");
}

TEST(CheckCalendar, AHoleInTheMiddleOfASessionIsAGap) {
  const TimestampNs noon = kFirstMonday + 100 * kNsPerDay + 17 * kNsPerHour;  // a Wednesday in summer
  const InstrumentQuality quality = check(with_hole(session_stamps(364), noon, noon + kNsPerHour));
  EXPECT_EQ(findings_of(quality), std::vector<std::string>{"gap"});
  EXPECT_EQ(find(quality, "gap")->title, "gaps in the instrument's own calendar (12 bars missing)");
}

TEST(CheckCalendar, HolidaysAndHalfDaysOfSessionsAreRemarks) {
  const TimestampNs day =
      kFirstMonday + 101 * kNsPerDay;  // a Thursday in summer: sessions from 13:30 to 20:00
  const InstrumentQuality holiday = check(with_hole(session_stamps(364), day, day + kNsPerDay));
  EXPECT_EQ(findings_of(holiday), std::vector<std::string>{"closed_session"});
  EXPECT_EQ(find(holiday, "closed_session")->first.values.substr(0, 15), "78 bars missing");
  const InstrumentQuality half_day =
      check(with_hole(session_stamps(364), day + 17 * kNsPerHour, day + kNsPerDay));
  EXPECT_EQ(findings_of(half_day), std::vector<std::string>{"closed_session"});
  EXPECT_EQ(find(half_day, "closed_session")->first.values.substr(0, 15), "36 bars missing");
}

TEST(CheckCalendar, FourSessionsInARowAreAGap) {
  const TimestampNs monday = kFirstMonday + 105 * kNsPerDay;
  EXPECT_EQ(findings_of(check(with_hole(session_stamps(364), monday, monday + 4 * kNsPerDay))),
            std::vector<std::string>{"gap"});
}

TEST(CheckCalendar, AScheduleThatChangedForGoodIsNoGap) {
  // Six days a week at first, as exchanges had until 1952, then five.
  std::vector<TimestampNs> stamps;
  for (std::int64_t day = 0; day < 1400; ++day) {
    if (day % 7 == 6 || (day % 7 == 5 && day > 700)) continue;
    stamps.push_back(kFirstMonday + day * kNsPerDay);
  }
  EXPECT_EQ(findings_of(check(healthy_bars(stamps))), std::vector<std::string>{});
}

TEST(CheckCalendar, AFewDaysOfBarsAreJudgedByTheDaysBesideThem) {
  QualityOptions options;
  options.min_history_bars = 0;
  // Thursday, Friday, Monday, Tuesday: nights and one weekend, seen once.
  std::vector<TimestampNs> stamps = session_stamps(9);
  std::erase_if(stamps, [](TimestampNs stamp) { return stamp < kFirstMonday + 3 * kNsPerDay; });
  EXPECT_EQ(findings_of(check(healthy_bars(stamps, 0.001), options)), std::vector<std::string>{});
  const TimestampNs noon = kFirstMonday + 4 * kNsPerDay + 17 * kNsPerHour;
  EXPECT_EQ(findings_of(check(with_hole(session_stamps(9), noon, noon + kNsPerHour), options)),
            std::vector<std::string>{"gap"});
}

TEST(CheckCalendar, MissingWeeksAreCounted) {
  const InstrumentQuality quality =
      check(without_rows(healthy_bars(steady_stamps(400, 7 * kNsPerDay)), 200, 204));
  EXPECT_EQ(find(quality, "gap")->title, "gaps in the instrument's own calendar (4 bars missing)");
}

TEST(CheckCalendar, ABarStillBeingBuiltStandsOffTheGrid) {
  std::vector<TimestampNs> stamps = session_stamps(30);
  stamps.back() += 137 * kNsPerSecond;
  const InstrumentQuality quality = check(healthy_bars(stamps, 0.001));
  const QualityFinding* finding = find(quality, "off_grid_stamp");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->count, 1);
  EXPECT_EQ(finding->first.row, static_cast<std::int64_t>(stamps.size()) - 1);
  EXPECT_NE(finding->first.values.find("2 min 17 s past the 5m grid"), std::string::npos)
      << finding->first.values;
}

TEST(CheckCalendar, TwoUsualTimesOfDayAreBothOnTheGrid) {
  std::vector<TimestampNs> stamps;  // 22:00 in winter, 21:00 in summer
  for (std::int64_t day = 0; day < 728; ++day) {
    if (day % 7 == 4 || day % 7 == 5) continue;
    const bool is_summer = day % 364 > 60 && day % 364 < 300;
    stamps.push_back(kFirstMonday + day * kNsPerDay + (is_summer ? 21 : 22) * kNsPerHour);
  }
  EXPECT_EQ(findings_of(check(healthy_bars(stamps))), std::vector<std::string>{});
}

}  // namespace
}  // namespace regimetry::market
