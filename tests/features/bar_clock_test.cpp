#include "features/bar_clock.hpp"

#include <gtest/gtest.h>

#include <limits>

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

TEST(BarClock, ABarIsAStretchOfTimeWithBothItsEnds) {
  const Timeframe hour{.nanoseconds = kNsPerHour, .months = 0}, month{.nanoseconds = 0, .months = 1};
  const TimestampNs stamp = at("2024-02-01");
  EXPECT_EQ(BarClock(hour, StampMeaning::kBarStart).first_moment(stamp), stamp);
  EXPECT_EQ(BarClock(hour, StampMeaning::kBarStart).last_moment(stamp), stamp + kNsPerHour - 1);
  EXPECT_EQ(BarClock(hour, StampMeaning::kBarEnd).first_moment(stamp), stamp - kNsPerHour + 1);
  EXPECT_EQ(BarClock(hour, StampMeaning::kBarEnd).last_moment(stamp), stamp);
  EXPECT_EQ(BarClock(month, StampMeaning::kBarStart).last_moment(stamp), at("2024-03-01") - 1);
  EXPECT_EQ(BarClock(month, StampMeaning::kBarEnd).first_moment(stamp), at("2024-01-01") + 1);
  EXPECT_EQ(BarClock(month, StampMeaning::kBarEnd).first_moment(at("2024-01-31")), at("2023-12-31") + 1);
}

TEST(BarClock, ABarOfUnknownLengthIsTheMomentOfItsStamp) {
  for (const StampMeaning meaning : {StampMeaning::kBarStart, StampMeaning::kBarEnd}) {
    const BarClock clock({}, meaning);
    EXPECT_EQ(clock.first_moment(5), 5);
    EXPECT_EQ(clock.last_moment(5), 5);
    EXPECT_EQ(clock.end_of(5), 5);
  }
}

TEST(BarClock, StaysWithinAllOfTime) {
  constexpr TimestampNs kFirst = std::numeric_limits<TimestampNs>::min(),
                        kLast = std::numeric_limits<TimestampNs>::max();
  for (const Timeframe& timeframe : {Timeframe{kNsPerDay, 0}, Timeframe{0, 1}}) {
    EXPECT_EQ(BarClock(timeframe, StampMeaning::kBarStart).last_moment(kLast), kLast);
    EXPECT_EQ(BarClock(timeframe, StampMeaning::kBarEnd).first_moment(kFirst), kFirst);
  }
}

TEST(BarClock, KnowsFromMetadataWhatStampsMean) {
  const auto meaning_of = [](const char* text) { return stamp_meaning_of(nlohmann::json::parse(text)); };
  EXPECT_EQ(meaning_of(R"({"instruments": [{"symbol": "A", "stamp": "end"}]})"), StampMeaning::kBarEnd);
  EXPECT_EQ(meaning_of(R"({"instruments": [{"stamp": "end"}, {"stamp": "start"}]})"),
            StampMeaning::kBarStart);
  EXPECT_EQ(meaning_of(R"({"instruments": [7]})"), StampMeaning::kBarStart);
  EXPECT_EQ(meaning_of("null"), StampMeaning::kBarStart);
  const nlohmann::json mixed = nlohmann::json::parse(
      R"({"instruments": [{"symbol": "A", "stamp": "end"}, {"symbol": "B", "stamp": "start"}]})");
  EXPECT_EQ(stamp_meaning_of(mixed, "A"), StampMeaning::kBarEnd);
  EXPECT_EQ(stamp_meaning_of(mixed, "B"), StampMeaning::kBarStart);
  EXPECT_EQ(stamp_meaning_of(mixed, "C"), StampMeaning::kBarStart);
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
