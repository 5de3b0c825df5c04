// Time cut into periods: hours, sessions, weeks, months, by the wall clock of a place.
//
// Time:   a period is [begin, end) in UTC; periods of a grid touch and never overlap.
// Anchor: the time of day at which sessions begin. Currency days begin at 17:00 in New York; a session that
// begins at
//         noon or later belongs to the next calendar day, so the currency week that "starts on Monday" opens
//         on Sunday at 17:00.
// Clocks: up to one hour, periods have their nominal length, also while clocks change. Longer ones follow the
// wall
//         clock: on the day of the change one of them is an hour shorter or longer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "market/time_zone.hpp"
#include "market/timeframe.hpp"

namespace regimetry::market {

enum class WeekStart { kMonday, kSunday };

struct PeriodGridOptions {
  // A part of a day (1m, ..., 12h: what divides 24 hours), 1d, 1w, or months (1mo, 3mo, 6mo, 12mo).
  Timeframe timeframe;
  // Where the wall clock hangs.
  TimeZone zone = TimeZone::utc();
  // Time of day at which sessions begin, in nanoseconds after midnight, 0 <= anchor < 24 h.
  std::int64_t anchor = 0;
  // First session of a week. Ignored unless the timeframe is a week.
  WeekStart week_start = WeekStart::kMonday;
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct Period {
  TimestampNs begin = 0, end = 0;
  [[nodiscard]] bool contains(TimestampNs moment) const { return moment >= begin && moment < end; }
};

class PeriodGrid {
 public:
  // The options must have no problems().
  explicit PeriodGrid(PeriodGridOptions options);
  [[nodiscard]] Period period_of(TimestampNs moment) const;
  [[nodiscard]] const PeriodGridOptions& options() const noexcept { return options_; }

 private:
  [[nodiscard]] std::int64_t index_of(TimestampNs local) const;        // which period, by the wall clock
  [[nodiscard]] TimestampNs local_begin_of(std::int64_t index) const;  // its first wall-clock reading
  [[nodiscard]] TimestampNs begin_of(std::int64_t index) const;        // the same as an instant
  [[nodiscard]] std::int64_t session_day(
      TimestampNs local) const;  // days since 1970-01-01 of the session's date
  [[nodiscard]] TimestampNs local_begin_of_day(std::int64_t day) const;  // where that session begins

  PeriodGridOptions options_;
  std::int64_t anchor_day_shift_ = 0;  // 1: the session began on the evening before
};

}  // namespace regimetry::market
