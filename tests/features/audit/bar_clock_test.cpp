#include "features/audit/bar_clock.hpp"

#include <gtest/gtest.h>

#include "features/audit/support/small_markets.hpp"

namespace regimetry::features {
namespace {

using market::StampMeaning;
using market::Timeframe;

TimestampNs at(const char* text) {
  return parse_iso_timestamp(text).value();
}

TEST(BarClock, ABarStampedWithItsStartEndsOneTimeframeLater) {
  const BarClock daily({.nanoseconds = kNsPerDay, .months = 0}, StampMeaning::kBarStart);
  EXPECT_EQ(daily.end_of(at("2024-02-28")), at("2024-02-29"));
  const BarClock ends({.nanoseconds = kNsPerDay, .months = 0}, StampMeaning::kBarEnd);
  EXPECT_EQ(ends.end_of(at("2024-02-28")), at("2024-02-28"));
}

TEST(BarClock, MonthsEndOnTheSameDayOrTheLastOne) {
  const BarClock monthly({.nanoseconds = 0, .months = 1}, StampMeaning::kBarStart);
  EXPECT_EQ(monthly.end_of(at("2024-01-01")), at("2024-02-01"));
  EXPECT_EQ(monthly.end_of(at("2024-01-31")), at("2024-02-29"));
  EXPECT_EQ(monthly.end_of(at("2023-12-01")), at("2024-01-01"));
}

TEST(BarClock, CountsTheBarsThatAreOver) {
  const BarClock hourly({.nanoseconds = kNsPerHour, .months = 0}, StampMeaning::kBarStart);
  const std::vector<TimestampNs> stamps = {at("2024-01-01T00:00"), at("2024-01-01T01:00"),
                                           at("2024-01-01T05:00")};
  EXPECT_EQ(hourly.count_known(stamps, at("2024-01-01T00:59")), 0);
  EXPECT_EQ(hourly.count_known(stamps, at("2024-01-01T01:00")), 1);
  EXPECT_EQ(hourly.count_known(stamps, at("2024-01-01T05:59")), 2);
  EXPECT_EQ(hourly.count_known(stamps, at("2024-01-01T06:00")), 3);
}

TEST(BarClock, AnUnknownTimeframeCountsAsTheLongestOfTheOthers) {
  market::MarketData data = market_of({daily_walk(5, 1, "A"), daily_walk(2, 2, "B"), hourly_walk(5, 3, "C")});
  data.instruments[1].timeframe = {};
  const std::vector<BarClock> clocks = clocks_of(data);
  EXPECT_EQ(clocks[1].end_of(0), kNsPerDay);
  EXPECT_EQ(clocks[2].end_of(0), kNsPerHour);
}

TEST(BarClock, ATableHasTheClockOfItsInstrument) {
  const market::MarketData data = market_of({daily_walk(5, 1, "A"), hourly_walk(5, 3, "A")});
  FeatureTable table;
  table.symbol = "A";
  table.timeframe.nanoseconds = kNsPerHour;
  EXPECT_EQ(clock_of(table, data).end_of(0), kNsPerHour);
  table.symbol = "nobody";
  EXPECT_EQ(clock_of(table, data).end_of(0), kNsPerHour) << "its own timeframe, though nobody's bars have it";
  table.timeframe = {};
  EXPECT_EQ(clock_of(table, data).end_of(0), kNsPerDay) << "the longest of the bars";
}

TEST(BarClock, ATableOfLongerRowsThanItsBarsIsKnownWhenTheRowIsOver) {
  market::MarketData data = market_of({hourly_walk(48, 3, "A"), daily_walk(5, 1, "B")});
  FeatureTable table;
  table.symbol = "A";
  table.timeframe.nanoseconds = kNsPerDay;
  EXPECT_EQ(clock_of(table, data).end_of(0), kNsPerDay);
  data.instruments[0].stamp_meaning = StampMeaning::kBarEnd;
  EXPECT_EQ(clock_of(table, data).end_of(0), 0) << "stamps mean what they mean in the bars of its symbol";
}

}  // namespace
}  // namespace regimetry::features
