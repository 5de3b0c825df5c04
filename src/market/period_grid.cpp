#include "market/period_grid.hpp"

#include <fmt/format.h>

#include <utility>

namespace regimetry::market {
namespace {

constexpr std::int64_t kNsPerWeek = 7 * kNsPerDay;
constexpr std::int64_t kFirstMonday = -3;  // 1969-12-29, in days since 1970-01-01

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

}  // namespace

std::vector<std::string> PeriodGridOptions::problems() const {
  std::vector<std::string> problems;
  const bool is_part_of_day = timeframe.nanoseconds >= kNsPerSecond && kNsPerDay % timeframe.nanoseconds == 0;
  const bool is_months = timeframe.months > 0 && 12 % timeframe.months == 0;
  if (!is_part_of_day && timeframe.nanoseconds != kNsPerWeek && !is_months) {
    problems.push_back(
        fmt::format("the timeframe {} cannot be a period: it must divide a day (1m, 5m, 15m, 30m, 1h, 2h, "
                    "4h, ...), or be 1d, 1w, 1mo, 3mo, 6mo or 12mo",
                    timeframe.name()));
  }
  if (anchor < 0 || anchor >= kNsPerDay) {
    problems.push_back("the anchor is not a time of day; it must be from 00:00 to 23:59");
  }
  return problems;
}

PeriodGrid::PeriodGrid(PeriodGridOptions options)
    : options_(std::move(options)), anchor_day_shift_(options_.anchor >= kNsPerDay / 2 ? 1 : 0) {}

Period PeriodGrid::period_of(TimestampNs moment) const {
  const TimestampNs local = options_.zone.to_local(moment);
  const std::int64_t length = options_.timeframe.nanoseconds;
  if (length > 0 && length <= kNsPerHour) {
    const TimestampNs begin =
        moment - (local - options_.anchor - floor_divide(local - options_.anchor, length) * length);
    return {begin, begin + length};
  }
  // When clocks fall back, an hour of wall-clock readings comes twice; instants decide to which period the
  // second belongs.
  std::int64_t index = index_of(local);
  while (moment >= begin_of(index + 1)) ++index;
  while (moment < begin_of(index)) --index;
  return {begin_of(index), begin_of(index + 1)};
}

std::int64_t PeriodGrid::session_day(TimestampNs local) const {
  return floor_divide(local - options_.anchor, kNsPerDay) + anchor_day_shift_;
}

TimestampNs PeriodGrid::local_begin_of_day(std::int64_t day) const {
  return (day - anchor_day_shift_) * kNsPerDay + options_.anchor;
}

std::int64_t PeriodGrid::index_of(TimestampNs local) const {
  const auto [length, months] = options_.timeframe;
  if (months > 0) {
    const CivilTime civil = to_civil(session_day(local) * kNsPerDay);
    return floor_divide(std::int64_t{civil.year} * 12 + civil.month - 1, months);
  }
  if (length == kNsPerWeek) {
    const std::int64_t first_day = kFirstMonday - (options_.week_start == WeekStart::kSunday ? 1 : 0);
    return floor_divide(session_day(local) - first_day, 7);
  }
  return floor_divide(local - options_.anchor, length);
}

TimestampNs PeriodGrid::local_begin_of(std::int64_t index) const {
  const auto [length, months] = options_.timeframe;
  if (months > 0) {
    const std::int64_t month = index * months;
    const auto year = static_cast<int>(floor_divide(month, 12));
    return local_begin_of_day(
        days_from_civil(year, static_cast<int>(month - std::int64_t{year} * 12) + 1, 1));
  }
  if (length == kNsPerWeek) {
    const std::int64_t first_day = kFirstMonday - (options_.week_start == WeekStart::kSunday ? 1 : 0);
    return local_begin_of_day(first_day + 7 * index);
  }
  return index * length + options_.anchor;
}

TimestampNs PeriodGrid::begin_of(std::int64_t index) const {
  return options_.zone.to_utc(local_begin_of(index)).earlier;
}

}  // namespace regimetry::market
