// UTC time as regimetry carries it: nanoseconds since 1970-01-01T00:00:00Z in an int64 (years 1678 to 2262).
//
// Why our own: the calendar arithmetic of the proleptic Gregorian calendar is a dozen lines, must be exact
// for negative times, and is called once per bar; the C library's is slow, locale-bound and ends at seconds.
// Time zones live in market/time_zone.hpp: this room knows only UTC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace regimetry {

using TimestampNs = std::int64_t;

inline constexpr std::int64_t kNsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kNsPerMinute = 60 * kNsPerSecond;
inline constexpr std::int64_t kNsPerHour = 60 * kNsPerMinute;
inline constexpr std::int64_t kNsPerDay = 24 * kNsPerHour;

// A wall-clock reading without a zone. Month 1..12, day 1..31, hour 0..23 (24:00 is not accepted), second
// 0..59.
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::int64_t nanosecond = 0;
};

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar. The date must be valid.
[[nodiscard]] std::int64_t days_from_civil(int year, int month, int day) noexcept;
[[nodiscard]] bool is_valid_date(int year, int month, int day) noexcept;

// The reading as nanoseconds, as if it were UTC; nothing when a field is out of range or the time does not
// fit.
[[nodiscard]] std::optional<TimestampNs> to_timestamp(const CivilTime& civil) noexcept;
// Whole seconds since 1970 (negative before) plus 0..999'999'999 nanoseconds; nothing when the time does not
// fit.
[[nodiscard]] std::optional<TimestampNs> timestamp_from_parts(std::int64_t seconds,
                                                              std::int64_t nanosecond) noexcept;
[[nodiscard]] CivilTime to_civil(TimestampNs stamp) noexcept;

// 0 = Monday ... 6 = Sunday.
[[nodiscard]] int weekday(TimestampNs stamp) noexcept;

// Reads ISO 8601: `2024-01-02`, `2024-01-02T03:04[:05[.123456789]]` with 'T' or one blank between, then
// nothing or `Z` (UTC) or an offset `+01:00`, `+0100`, `+01`. Surrounding blanks are not accepted. A stamp
// without zone is UTC here.
[[nodiscard]] std::optional<TimestampNs> parse_iso_timestamp(std::string_view text) noexcept;

// `2024-01-02T03:04:05Z`, with as many of 3, 6 or 9 fractional digits as the stamp needs. Parses back
// exactly.
[[nodiscard]] std::string format_timestamp(TimestampNs stamp);
// The same into the caller's buffer, for writers of many rows: needs room for kTimestampChars characters,
// adds no terminating zero, returns one past the last character written.
inline constexpr std::size_t kTimestampChars = 30;
char* write_timestamp(char* out, TimestampNs stamp) noexcept;
// `2024-01-02` when the stamp is a midnight, else the same as format_timestamp without seconds where they are
// zero: `2024-01-02 03:04`. For people, in tables.
[[nodiscard]] std::string format_timestamp_short(TimestampNs stamp);
// `3 d`, `2 h 30 min`, `45 s`, `250 ms`: the largest unit (d, h, min, s, ms, us, ns) and the next smaller
// one, to which the duration is rounded; that one is left out when it is zero. For people.
[[nodiscard]] std::string format_duration(std::int64_t nanoseconds);

}  // namespace regimetry
