// The rule at the end of a time zone file: how clocks change each year, for good. "EST5EDT,M3.2.0,M11.1.0".
//
// Why our own: the date library stops at the last change that a zone file lists (2037, or 2007 where the
// system's files are of the slim kind), and its reader of such rules does not compile as C++20.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace regimetry::market {

// A day of each year and the wall-clock second on it (may be negative or beyond a day: -1 h is used by some
// zones).
struct YearlyChange {
  enum class Form { kMonthWeekday, kDayWithoutLeap, kDayOfYear } form = Form::kMonthWeekday;
  int month = 1, week = 1,
      weekday = 0;  // kMonthWeekday: the `week`-th weekday of the month, 5 meaning the last; 0 = Sunday
  int day = 0;      // kDayWithoutLeap: 1..365, 29 February not counted. kDayOfYear: 0..365
  std::int64_t second = 2 * 3600;
  // Seconds since 1970-01-01T00:00:00 on the wall clock that shows the change coming.
  [[nodiscard]] std::int64_t local_second(int year) const noexcept;
};

struct PosixTimeRule {
  std::int64_t standard_offset_s = 0, daylight_offset_s = 0;  // east of Greenwich
  YearlyChange daylight_begins, daylight_ends;
};

// Nothing when `text` names no daylight saving, or is not of this form.
[[nodiscard]] std::optional<PosixTimeRule> parse_posix_time_rule(std::string_view text);

}  // namespace regimetry::market
