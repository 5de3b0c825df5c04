#include "market/time_zone.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

using Kind = LocalReading::Kind;

// A wall clock or an instant, read as UTC.
TimestampNs at(std::string_view iso) {
  const auto stamp = parse_iso_timestamp(iso);
  EXPECT_TRUE(stamp.has_value()) << iso;
  return stamp.value_or(0);
}

struct ReadingCase {
  const char* zone;
  const char* local;
  Kind kind;
  const char* earlier;
  const char* later;
};

class TimeZoneReading : public testing::TestWithParam<ReadingCase> {};

TEST_P(TimeZoneReading, FollowsThePublishedClockChanges) {
  const ReadingCase& c = GetParam();
  const LocalReading reading = TimeZone::parse(c.zone).to_utc(at(c.local));
  EXPECT_EQ(reading.kind, c.kind);
  EXPECT_EQ(format_timestamp(reading.earlier), c.earlier);
  EXPECT_EQ(format_timestamp(reading.later), c.later);
}

INSTANTIATE_TEST_SUITE_P(Changes, TimeZoneReading,
                         testing::Values(
                             // New York 2024: forward on 10 March at 02:00, back on 3 November at 02:00.
                             ReadingCase{"America/New_York", "2024-01-02 09:30", Kind::kUnique,
                                         "2024-01-02T14:30:00Z", "2024-01-02T14:30:00Z"},
                             ReadingCase{"America/New_York", "2024-07-02 09:30", Kind::kUnique,
                                         "2024-07-02T13:30:00Z", "2024-07-02T13:30:00Z"},
                             ReadingCase{"America/New_York", "2024-03-10 01:59", Kind::kUnique,
                                         "2024-03-10T06:59:00Z", "2024-03-10T06:59:00Z"},
                             ReadingCase{"America/New_York", "2024-03-10 02:00", Kind::kGap,
                                         "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z"},
                             ReadingCase{"America/New_York", "2024-03-10 02:59", Kind::kGap,
                                         "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z"},
                             ReadingCase{"America/New_York", "2024-03-10 03:00", Kind::kUnique,
                                         "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z"},
                             ReadingCase{"America/New_York", "2024-11-03 00:59", Kind::kUnique,
                                         "2024-11-03T04:59:00Z", "2024-11-03T04:59:00Z"},
                             ReadingCase{"America/New_York", "2024-11-03 01:00", Kind::kOverlap,
                                         "2024-11-03T05:00:00Z", "2024-11-03T06:00:00Z"},
                             ReadingCase{"America/New_York", "2024-11-03 01:59", Kind::kOverlap,
                                         "2024-11-03T05:59:00Z", "2024-11-03T06:59:00Z"},
                             ReadingCase{"America/New_York", "2024-11-03 02:00", Kind::kUnique,
                                         "2024-11-03T07:00:00Z", "2024-11-03T07:00:00Z"},
                             // The older rule: until 2006 clocks went forward on the first Sunday of April.
                             ReadingCase{"America/New_York", "2006-03-20 12:00", Kind::kUnique,
                                         "2006-03-20T17:00:00Z", "2006-03-20T17:00:00Z"},
                             ReadingCase{"America/New_York", "2007-03-20 12:00", Kind::kUnique,
                                         "2007-03-20T16:00:00Z", "2007-03-20T16:00:00Z"},
                             // London and Berlin 2023: 26 March and 29 October, both at 01:00 UTC.
                             ReadingCase{"Europe/London", "2023-03-26 01:30", Kind::kGap,
                                         "2023-03-26T01:00:00Z", "2023-03-26T01:00:00Z"},
                             ReadingCase{"Europe/London", "2023-10-29 01:30", Kind::kOverlap,
                                         "2023-10-29T00:30:00Z", "2023-10-29T01:30:00Z"},
                             ReadingCase{"Europe/Berlin", "2023-03-26 02:30", Kind::kGap,
                                         "2023-03-26T01:00:00Z", "2023-03-26T01:00:00Z"},
                             ReadingCase{"Europe/Berlin", "2023-10-29 02:30", Kind::kOverlap,
                                         "2023-10-29T00:30:00Z", "2023-10-29T01:30:00Z"},
                             // Lord Howe Island shifts by half an hour: +10:30 in winter, +11 in summer.
                             ReadingCase{"Australia/Lord_Howe", "2024-10-06 02:10", Kind::kGap,
                                         "2024-10-05T15:30:00Z", "2024-10-05T15:30:00Z"},
                             ReadingCase{"Australia/Lord_Howe", "2024-10-06 02:30", Kind::kUnique,
                                         "2024-10-05T15:30:00Z", "2024-10-05T15:30:00Z"},
                             ReadingCase{"Australia/Lord_Howe", "2024-04-07 01:45", Kind::kOverlap,
                                         "2024-04-06T14:45:00Z", "2024-04-06T15:15:00Z"},
                             // Samoa left out 30 December 2011 altogether.
                             ReadingCase{"Pacific/Apia", "2011-12-30 12:00", Kind::kGap,
                                         "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
                             // No daylight saving at all.
                             ReadingCase{"Asia/Tokyo", "2024-07-01 09:00", Kind::kUnique,
                                         "2024-07-01T00:00:00Z", "2024-07-01T00:00:00Z"},
                             ReadingCase{"Asia/Kolkata", "2024-07-01 09:15", Kind::kUnique,
                                         "2024-07-01T03:45:00Z", "2024-07-01T03:45:00Z"},
                             // Beyond the list of changes in the zone files (2037) the rule in force goes on.
                             ReadingCase{"America/New_York", "2045-07-03 12:00", Kind::kUnique,
                                         "2045-07-03T16:00:00Z", "2045-07-03T16:00:00Z"},
                             ReadingCase{"America/New_York", "2045-01-03 12:00", Kind::kUnique,
                                         "2045-01-03T17:00:00Z", "2045-01-03T17:00:00Z"},
                             ReadingCase{"America/New_York", "2045-03-12 02:30", Kind::kGap,
                                         "2045-03-12T07:00:00Z", "2045-03-12T07:00:00Z"},
                             ReadingCase{"Europe/Dublin", "2050-07-01 12:00", Kind::kUnique,
                                         "2050-07-01T11:00:00Z", "2050-07-01T11:00:00Z"},
                             ReadingCase{"Europe/Dublin", "2050-01-01 12:00", Kind::kUnique,
                                         "2050-01-01T12:00:00Z", "2050-01-01T12:00:00Z"},
                             ReadingCase{"Australia/Lord_Howe", "2050-01-01 11:00", Kind::kUnique,
                                         "2050-01-01T00:00:00Z", "2050-01-01T00:00:00Z"},
                             ReadingCase{"Australia/Lord_Howe", "2050-07-01 10:30", Kind::kUnique,
                                         "2050-07-01T00:00:00Z", "2050-07-01T00:00:00Z"}));

struct OffsetCase {
  const char* text;
  std::int64_t minutes;
};
class TimeZoneOffset : public testing::TestWithParam<OffsetCase> {};

TEST_P(TimeZoneOffset, IsReadInEveryUsualSpelling) {
  const TimeZone zone = TimeZone::parse(GetParam().text);
  const TimestampNs noon = at("2024-06-01 12:00");
  EXPECT_EQ(zone.to_utc(noon).earlier, noon - GetParam().minutes * kNsPerMinute);
  EXPECT_EQ(zone.to_local(noon), noon + GetParam().minutes * kNsPerMinute);
  EXPECT_EQ(zone.to_utc(noon).kind, Kind::kUnique);
}

INSTANTIATE_TEST_SUITE_P(Spellings, TimeZoneOffset,
                         testing::Values(OffsetCase{"+02:00", 120}, OffsetCase{"-0330", -210},
                                         OffsetCase{"UTC+2", 120}, OffsetCase{"+5", 300},
                                         OffsetCase{"GMT-05:30", -330}, OffsetCase{"UTC", 0},
                                         OffsetCase{"Z", 0}, OffsetCase{"+00:00", 0}));

TEST(TimeZone, NamesFixedOffsetsSoThatTheyParseBack) {
  EXPECT_EQ(TimeZone::fixed_offset(-210 * kNsPerMinute).name(), "-03:30");
  EXPECT_EQ(TimeZone::parse("-03:30").name(), "-03:30");
  EXPECT_EQ(TimeZone::parse("Europe/Berlin").name(), "Europe/Berlin");
  EXPECT_EQ(TimeZone::utc().name(), "UTC");
}

TEST(TimeZone, KnowsWhetherItIsUtc) {
  EXPECT_TRUE(TimeZone::utc().is_utc());
  EXPECT_TRUE(TimeZone::parse("Etc/UTC").is_utc());
  EXPECT_FALSE(TimeZone::parse("Europe/London").is_utc());
  EXPECT_FALSE(TimeZone::parse("+00:30").is_utc());
}

void expect_refused(std::string_view text, const std::string& with_words) {
  try {
    (void)TimeZone::parse(text);
    FAIL() << text << " was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), testing::HasSubstr(with_words));
  }
}

TEST(TimeZone, OffersTheNearestKnownZone) {
  expect_refused("America/New_Yrok", "did you mean 'America/New_York'");
  expect_refused("new york", "did you mean 'America/New_York'");
  expect_refused("europe/london", "did you mean 'Europe/London'");
  expect_refused("Mars/Olympus_Mons", "'Mars/Olympus_Mons'");
}

TEST(TimeZone, RefusesWhatIsNoOffset) {
  for (const char* text : {"", "+", "+25:00", "+02:60", "+2:3", "+02:00:00", "UTC+2x", "../../etc/passwd"}) {
    expect_refused(text, "unknown time zone");
  }
}

TEST(TimeZone, ToLocalIsUndoneByToUtcInAnyOrderOfLookups) {
  const TimeZone zone = TimeZone::parse("America/New_York");
  // Steps of 37 hours and a bit, forwards and then in jumps, so that the remembered period is right, next and
  // far off.
  for (const std::int64_t stride : {1, 977}) {
    for (std::int64_t i = 0; i < 2000; ++i) {
      const TimestampNs utc = at("1990-01-01") + (i * stride % 2000) * (37 * kNsPerHour + 11 * kNsPerMinute);
      const LocalReading reading = zone.to_utc(zone.to_local(utc));
      EXPECT_TRUE(reading.earlier == utc || reading.later == utc) << format_timestamp(utc);
      EXPECT_NE(reading.kind, Kind::kGap);
    }
  }
}

TEST(TimeZone, EveryMinuteAroundAChangeAgreesWithTheDefinition) {
  const TimeZone zone = TimeZone::parse("Europe/Berlin");
  for (const auto& [from, kind] :
       {std::pair{"2023-03-26 00:00", Kind::kGap}, {"2023-10-29 00:00", Kind::kOverlap}}) {
    for (int minute = 0; minute < 300; ++minute) {
      const TimestampNs local = at(from) + minute * kNsPerMinute;
      // By definition: the instants whose wall clock shows `local`, found by trying both offsets.
      std::vector<TimestampNs> instants;
      for (const std::int64_t hours : {2, 1}) {
        const TimestampNs utc = local - hours * kNsPerHour;
        if (zone.to_local(utc) == local) instants.push_back(utc);
      }
      const LocalReading reading = zone.to_utc(local);
      const bool is_in_change = minute >= 120 && minute < 180;
      EXPECT_EQ(reading.kind, is_in_change ? kind : Kind::kUnique) << minute;
      EXPECT_EQ(instants.size(), is_in_change ? (kind == Kind::kGap ? 0U : 2U) : 1U) << minute;
      if (!instants.empty()) {
        EXPECT_EQ(reading.earlier, instants.front());
        EXPECT_EQ(reading.later, instants.back());
      }
    }
  }
}

TEST(TimeZone, DoesNotOverflowAtTheEndsOfTime) {
  for (const char* name : {"UTC", "+14:00", "-12:00", "America/New_York", "Pacific/Apia"}) {
    const TimeZone zone = TimeZone::parse(name);
    for (const TimestampNs end :
         {std::numeric_limits<TimestampNs>::min(), std::numeric_limits<TimestampNs>::max()}) {
      EXPECT_EQ(zone.to_utc(end).kind, Kind::kUnique) << name;
      EXPECT_EQ(zone.to_local(end) < 0, end < 0) << name;
    }
  }
}

TEST(TimeZone, IsSharedByThreads) {
  const TimeZone zone = TimeZone::parse("Europe/London");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      const bool is_summer = t % 2 == 0;
      const TimestampNs noon = at(is_summer ? "2020-07-01 12:00" : "2020-01-01 12:00");
      for (int i = 0; i < 10'000; ++i)
        wrong[t] += zone.to_utc(noon).earlier != noon - (is_summer ? kNsPerHour : 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace regimetry::market
