// The calendar against dates that anyone can look up.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/time.hpp"
#include "features/support/made_bars.hpp"
#include "features/support/run_feature.hpp"

namespace regimetry::features {
namespace {

using testing::made_bars;
using testing::run_feature;

double on(const std::string& name, const std::string& stamp) {
  market::Bars bar = made_bars(1, 1);
  bar.timestamps = {parse_iso_timestamp(stamp).value()};
  return run_feature(name, {}, bar).at(0);
}

TEST(CalendarFeatures, ReadTheStampInUtc) {
  const std::string stamp = "2024-02-29T23:59:58Z";  // a Thursday
  EXPECT_EQ(on("year", stamp), 2024);
  EXPECT_EQ(on("quarter", stamp), 1);
  EXPECT_EQ(on("month", stamp), 2);
  EXPECT_EQ(on("week_of_year", stamp), 9);
  EXPECT_EQ(on("day_of_month", stamp), 29);
  EXPECT_EQ(on("day_of_week", stamp), 4);
  EXPECT_EQ(on("hour", stamp), 23);
  EXPECT_EQ(on("minute_of_day", stamp), 1439);
  EXPECT_EQ(on("hour", "2024-03-01T00:30:00+02:00"), 22);
}

TEST(CalendarFeatures, HoldBefore1970) {
  const std::string stamp = "1962-10-28T23:15:00Z";  // a Sunday
  EXPECT_EQ(on("year", stamp), 1962);
  EXPECT_EQ(on("month", stamp), 10);
  EXPECT_EQ(on("day_of_month", stamp), 28);
  EXPECT_EQ(on("day_of_week", stamp), 7);
  EXPECT_EQ(on("minute_of_day", stamp), 1395);
}

TEST(CalendarFeatures, QuartersHaveThreeMonths) {
  for (int month = 1; month <= 12; ++month) {
    const std::string stamp = (month < 10 ? "2023-0" : "2023-") + std::to_string(month) + "-15";
    EXPECT_EQ(on("quarter", stamp), (month - 1) / 3 + 1) << stamp;
  }
}

TEST(CalendarFeatures, WeeksAreThoseOfIso8601) {
  EXPECT_EQ(on("week_of_year", "2004-12-31"), 53);
  EXPECT_EQ(on("week_of_year", "2005-01-01"), 53);  // a Saturday of the last week of 2004
  EXPECT_EQ(on("week_of_year", "2005-01-03"), 1);
  EXPECT_EQ(on("week_of_year", "2007-12-31"), 1);  // a Monday of the first week of 2008
  EXPECT_EQ(on("week_of_year", "2009-12-31"), 53);
  EXPECT_EQ(on("week_of_year", "2010-01-03"), 53);
  EXPECT_EQ(on("week_of_year", "2010-01-04"), 1);
  EXPECT_EQ(on("week_of_year", "2016-01-01"), 53);
  EXPECT_EQ(on("week_of_year", "2019-12-30"), 1);
  EXPECT_EQ(on("week_of_year", "2020-12-31"), 53);
  EXPECT_EQ(on("week_of_year", "2024-01-01"), 1);
}

TEST(CalendarFeatures, WeeksGoUpOnMondaysOnly) {
  const market::Bars bars = made_bars(3'000, 1);  // daily from 2001-01-01, a Monday
  const auto week = run_feature("week_of_year", {}, bars), day = run_feature("day_of_week", {}, bars);
  for (std::size_t i = 0; i < week.size(); ++i) {
    ASSERT_EQ(day[i], static_cast<double>(i % 7 + 1)) << i;
    if (i == 0) continue;
    const bool is_new_week = week[i] == week[i - 1] + 1 || (week[i] == 1 && week[i - 1] >= 52);
    ASSERT_EQ(is_new_week, day[i] == 1) << i;
  }
}

TEST(CalendarFeatures, CirclesCloseAndStartOnTop) {
  EXPECT_EQ(on("month_sine", "2024-01-20"), 0.0);
  EXPECT_EQ(on("month_cosine", "2024-01-20"), 1.0);
  EXPECT_EQ(on("month_sine", "2024-04-20"), 1.0);
  EXPECT_EQ(on("day_of_week_sine", "2024-01-01"), 0.0);  // a Monday
  EXPECT_EQ(on("day_of_week_cosine", "2024-01-01"), 1.0);
  EXPECT_NEAR(on("day_of_week_sine", "2024-01-03"), std::sin(4 * std::acos(0.0) * 2 / 7), 1e-15);
  EXPECT_NEAR(on("day_of_week_cosine", "2024-01-07"), std::cos(4 * std::acos(0.0) * 6 / 7), 1e-15);
  EXPECT_EQ(on("hour_sine", "2024-01-01T06:00"), 1.0);
  EXPECT_EQ(on("hour_cosine", "2024-01-01T12:00"), -1.0);
  EXPECT_NEAR(on("hour_sine", "2024-01-01T03:00:59"), std::sqrt(0.5), 1e-15);
}

}  // namespace
}  // namespace regimetry::features
