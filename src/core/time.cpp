#include "core/time.hpp"

#include <array>

namespace regimetry {
namespace {

constexpr bool is_leap_year(int year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_in_month(int year, int month) noexcept {
  constexpr std::array<int, 13> kDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[static_cast<std::size_t>(month)];
}

// Division that rounds towards minus infinity, so that 23:59 of 1969-12-31 belongs to day -1.
constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) noexcept {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

}  // namespace

// The year is taken to begin on 1 March: leap days then end it, and the months' lengths follow one linear
// formula. A day count of 719468 separates 0000-03-01 from 1970-01-01; 400 years have 146097 days.
std::int64_t days_from_civil(int year, int month, int day) noexcept {
  const std::int64_t shifted_year = static_cast<std::int64_t>(year) - (month <= 2 ? 1 : 0);
  const std::int64_t era = floor_divide(shifted_year, 400);
  const std::int64_t year_of_era = shifted_year - era * 400;
  const int month_from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

bool is_valid_date(int year, int month, int day) noexcept {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

std::optional<TimestampNs> timestamp_from_parts(std::int64_t seconds, std::int64_t nanosecond) noexcept {
  // Before 1970 both parts are made negative or zero first: the earliest stamp fits, its whole seconds alone
  // do not.
  if (seconds < 0) {
    seconds += 1;
    nanosecond -= kNsPerSecond;
  }
  std::int64_t stamp = 0;
  if (__builtin_mul_overflow(seconds, kNsPerSecond, &stamp)) return std::nullopt;
  if (__builtin_add_overflow(stamp, nanosecond, &stamp)) return std::nullopt;
  return stamp;
}

std::optional<TimestampNs> to_timestamp(const CivilTime& civil) noexcept {
  const bool is_valid = is_valid_date(civil.year, civil.month, civil.day) && civil.hour >= 0 &&
                        civil.hour < 24 && civil.minute >= 0 && civil.minute < 60 && civil.second >= 0 &&
                        civil.second < 60 && civil.nanosecond >= 0 && civil.nanosecond < kNsPerSecond;
  if (!is_valid) return std::nullopt;
  const std::int64_t days = days_from_civil(civil.year, civil.month, civil.day);
  return timestamp_from_parts(((days * 24 + civil.hour) * 60 + civil.minute) * 60 + civil.second,
                              civil.nanosecond);
}

CivilTime to_civil(TimestampNs stamp) noexcept {
  // The remainder, not stamp - days * kNsPerDay: that product does not fit on the earliest day.
  const std::int64_t days = floor_divide(stamp, kNsPerDay);
  const std::int64_t remainder = stamp % kNsPerDay;
  const auto ns_of_day = static_cast<std::uint64_t>(remainder < 0 ? remainder + kNsPerDay : remainder);

  // 1678..2262 lies in the eras that begin in 1600 and 2000, so everything below fits 32 bits without a sign.
  const auto day_count = static_cast<std::uint32_t>(days + 719468);
  const std::uint32_t era = day_count / 146097;
  const std::uint32_t day_of_era = day_count % 146097;
  const std::uint32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t month_from_march = (5 * day_of_year + 2) / 153;

  CivilTime civil;
  civil.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  civil.month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  civil.year = static_cast<int>(era * 400 + year_of_era) + (civil.month <= 2 ? 1 : 0);
  const auto second_of_day = static_cast<std::uint32_t>(ns_of_day / kNsPerSecond);
  civil.nanosecond = static_cast<std::int64_t>(ns_of_day % kNsPerSecond);
  civil.hour = static_cast<int>(second_of_day / 3600);
  civil.minute = static_cast<int>(second_of_day / 60 % 60);
  civil.second = static_cast<int>(second_of_day % 60);
  return civil;
}

int weekday(TimestampNs stamp) noexcept {
  // 1970-01-01 was a Thursday; the week is shifted by enough whole weeks that the dividend is never negative.
  constexpr std::int64_t kShift = 3 + 7 * 20'000;
  return static_cast<int>((floor_divide(stamp, kNsPerDay) + kShift) % 7);
}

}  // namespace regimetry
