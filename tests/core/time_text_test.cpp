#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

#include "core/time.hpp"

namespace regimetry {
namespace {

constexpr TimestampNs kEarliest = std::numeric_limits<TimestampNs>::min();
constexpr TimestampNs kLatest = std::numeric_limits<TimestampNs>::max();

TEST(ParseIso, ReadsEveryFormPromised) {
  const TimestampNs day = *to_timestamp({2024, 1, 2});
  const TimestampNs minute = *to_timestamp({2024, 1, 2, 3, 4});
  const TimestampNs second = minute + 5 * kNsPerSecond;
  EXPECT_EQ(parse_iso_timestamp("2024-01-02"), day);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04"), minute);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02 03:04"), minute);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05"), second);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02 03:04:05Z"), second);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04Z"), minute);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.1"), second + 100'000'000);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.123456Z"), second + 123'456'000);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.123456789Z"), second + 123'456'789);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.000000001+00:00"), second + 1);
}

TEST(ParseIso, SubtractsTheOffset) {
  const TimestampNs noon = *to_timestamp({2024, 1, 2, 12});
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T13:00+01:00"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T13:00:00+0100"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T13:00:00.000+01"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02 07:00:00-05:00"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02 17:45:00+05:45"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-03 02:00:00+1400"), noon);
  EXPECT_EQ(parse_iso_timestamp("2024-01-01 23:00-13"), noon);
}

TEST(ParseIso, RefusesEverythingElse) {
  constexpr std::array kWrong = {"",
                                 " ",
                                 "2024",
                                 "2024-01",
                                 "2024-1-2",
                                 "2024-01-2",
                                 "24-01-02",
                                 "02024-01-02",
                                 "2024/01/02",
                                 "20240102",
                                 "2024-02-30",
                                 "2023-02-29",
                                 "1900-02-29",
                                 "2024-00-01",
                                 "2024-13-01",
                                 "2024-01-00",
                                 "2024-01-32",
                                 "-024-01-02",
                                 "+024-01-02",
                                 "2024-+1-02",
                                 "2024-01- 2",
                                 " 2024-01-02",
                                 "2024-01-02 ",
                                 "2024-01-02\n",
                                 "2024-01-02Z",
                                 "2024-01-02+01:00",
                                 "2024-01-02T",
                                 "2024-01-02T03",
                                 "2024-01-02T03:",
                                 "2024-01-02T03:4",
                                 "2024-01-02T3:04",
                                 "2024-01-02t03:04",
                                 "2024-01-02  03:04",
                                 "2024-01-02T24:00",
                                 "2024-01-02T25:00",
                                 "2024-01-02T03:60",
                                 "2024-01-02T03:04:",
                                 "2024-01-02T03:04:5",
                                 "2024-01-02T03:04:60",
                                 "2024-01-02T03:04:05.",
                                 "2024-01-02T03:04:05,5",
                                 "2024-01-02T03:04:05.1234567890",
                                 "2024-01-02T03:04:05.Z",
                                 "2024-01-02T03:04:05.1x",
                                 "2024-01-02T03:04:05z",
                                 "2024-01-02T03:04:05ZZ",
                                 "2024-01-02T03:04:05 Z",
                                 "2024-01-02T03:04:05+",
                                 "2024-01-02T03:04:05+1",
                                 "2024-01-02T03:04:05+1:00",
                                 "2024-01-02T03:04:05+01:",
                                 "2024-01-02T03:04:05+01:0",
                                 "2024-01-02T03:04:05+010",
                                 "2024-01-02T03:04:05+01:00:00",
                                 "2024-01-02T03:04:05+24:00",
                                 "2024-01-02T03:04:05+01:60",
                                 "2024-01-02T03:04:05+-1:00",
                                 "2024-01-02T03:04.5",
                                 "2024-01-02T03:04:05+01:00Z",
                                 "today",
                                 "NaN",
                                 "\xef\xbb\xbf"
                                 "2024-01-02",
                                 "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4-01-02"};
  for (const char* text : kWrong) EXPECT_EQ(parse_iso_timestamp(text), std::nullopt) << "'" << text << "'";
}

TEST(ParseIso, RefusesNulBytes) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(parse_iso_timestamp("2024-01-02\0"sv), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04\0"sv), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.\0"sv), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05.0\0"sv), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("2024-01-02T03:04:05+99:00\0"sv), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("\0\0\0\0-01-02"sv), std::nullopt);
}

TEST(ParseIso, RefusesEveryOneByteChangeThatIsNotADigitForADigit) {
  const std::string good = "2024-01-02T03:04:05.678+01:00";
  ASSERT_TRUE(parse_iso_timestamp(good));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[at] = static_cast<char>(byte);
      const bool was_digit = good[at] >= '0' && good[at] <= '9';
      const bool is_digit = byte >= '0' && byte <= '9';
      const bool is_other_spelling = (at == 10 && byte == ' ') || (at == 23 && byte == '-') || text == good;
      // A byte turned into a digit always breaks the form here; a digit turned into another may or may not.
      if (was_digit && is_digit) continue;
      EXPECT_EQ(parse_iso_timestamp(text).has_value(), is_other_spelling) << text;
    }
  }
}

TEST(ParseIso, ReachesBothEndsAndNoFurther) {
  EXPECT_EQ(parse_iso_timestamp("1677-09-21T00:12:43.145224192Z"), kEarliest);
  EXPECT_EQ(parse_iso_timestamp("1677-09-21T00:12:43.145224191Z"), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("2262-04-11T23:47:16.854775807Z"), kLatest);
  EXPECT_EQ(parse_iso_timestamp("2262-04-11T23:47:16.854775808Z"), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("0000-01-01"), std::nullopt);
  EXPECT_EQ(parse_iso_timestamp("9999-12-31T23:59:59Z"), std::nullopt);
  // The reading alone would not fit, the moment it names does.
  EXPECT_EQ(parse_iso_timestamp("2262-04-12T00:47:16.854775807+01:00"), kLatest);
  EXPECT_EQ(parse_iso_timestamp("2262-04-11T23:47:16.854775807-01:00"), std::nullopt);
}

TEST(FormatTimestamp, ShowsAsManyDigitsAsNeeded) {
  const TimestampNs second = *to_timestamp({2024, 1, 2, 3, 4, 5});
  EXPECT_EQ(format_timestamp(second), "2024-01-02T03:04:05Z");
  EXPECT_EQ(format_timestamp(second + 60'000'000), "2024-01-02T03:04:05.060Z");
  EXPECT_EQ(format_timestamp(second + 1'000), "2024-01-02T03:04:05.000001Z");
  EXPECT_EQ(format_timestamp(second + 1), "2024-01-02T03:04:05.000000001Z");
  EXPECT_EQ(format_timestamp(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_timestamp(-1), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(format_timestamp(kEarliest), "1677-09-21T00:12:43.145224192Z");
  EXPECT_EQ(format_timestamp(kLatest), "2262-04-11T23:47:16.854775807Z");
}

TEST(FormatTimestamp, ParsesBackExactly) {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 200'000; ++i) {
    auto stamp = static_cast<TimestampNs>(engine());
    constexpr std::array<std::int64_t, 4> kSteps = {1, 1'000, 1'000'000, kNsPerSecond};
    stamp -= stamp % kSteps[static_cast<std::size_t>(i % 4)];
    const std::string text = format_timestamp(stamp);
    ASSERT_LE(text.size(), kTimestampChars);
    ASSERT_EQ(parse_iso_timestamp(text), stamp) << text;
  }
}

TEST(WriteTimestamp, WritesTheSameAndNothingMore) {
  for (const TimestampNs stamp :
       {TimestampNs{0}, kEarliest, kLatest, TimestampNs{1'700'000'000'123'000'000}}) {
    std::array<char, kTimestampChars + 8> buffer;
    buffer.fill('#');
    char* const end = write_timestamp(buffer.data(), stamp);
    const std::string text = format_timestamp(stamp);
    EXPECT_EQ(std::string(buffer.data(), end), text);
    EXPECT_TRUE(std::all_of(buffer.begin() + static_cast<std::ptrdiff_t>(text.size()), buffer.end(),
                            [](char c) { return c == '#'; }));
  }
}

TEST(FormatTimestampShort, LeavesOutWhatIsZero) {
  EXPECT_EQ(format_timestamp_short(*to_timestamp({2024, 1, 2})), "2024-01-02");
  EXPECT_EQ(format_timestamp_short(*to_timestamp({2024, 1, 2, 3, 4})), "2024-01-02 03:04");
  EXPECT_EQ(format_timestamp_short(*to_timestamp({2024, 1, 2, 3})), "2024-01-02 03:00");
  EXPECT_EQ(format_timestamp_short(*to_timestamp({2024, 1, 2, 0, 0, 7})), "2024-01-02 00:00:07");
  EXPECT_EQ(format_timestamp_short(*to_timestamp({2024, 1, 2, 0, 0, 0, 5'000'000})),
            "2024-01-02 00:00:00.005");
  EXPECT_EQ(format_timestamp_short(-kNsPerDay), "1969-12-31");
}

TEST(FormatDuration, ShowsTheTwoLargestUnits) {
  EXPECT_EQ(format_duration(3 * kNsPerDay), "3 d");
  EXPECT_EQ(format_duration(2 * kNsPerHour + 30 * kNsPerMinute), "2 h 30 min");
  EXPECT_EQ(format_duration(45 * kNsPerSecond), "45 s");
  EXPECT_EQ(format_duration(250'000'000), "250 ms");
  EXPECT_EQ(format_duration(0), "0 s");
  EXPECT_EQ(format_duration(1), "1 ns");
  EXPECT_EQ(format_duration(1'500), "1 us 500 ns");
  EXPECT_EQ(format_duration(-90 * kNsPerSecond), "-1 min 30 s");
  EXPECT_EQ(format_duration(365 * kNsPerDay + 7 * kNsPerHour), "365 d 7 h");
}

TEST(FormatDuration, RoundsToTheSmallerUnitShown) {
  EXPECT_EQ(format_duration(2 * kNsPerHour + 29 * kNsPerMinute + 40 * kNsPerSecond), "2 h 30 min");
  EXPECT_EQ(format_duration(kNsPerHour - kNsPerSecond / 4), "1 h");
  EXPECT_EQ(format_duration(kNsPerDay + 5 * kNsPerMinute), "1 d");
  EXPECT_EQ(format_duration(999'999'999), "1 s");
}

TEST(FormatDuration, SurvivesTheExtremes) {
  EXPECT_EQ(format_duration(kLatest), "106752 d");  // 106751 d 23 h 47 min
  EXPECT_EQ(format_duration(kEarliest), "-106752 d");
}

}  // namespace
}  // namespace regimetry
