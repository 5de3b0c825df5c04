// The two cells that most files are made of, read as fast as bytes can be looked at: plain decimals and ISO
// stamps.
//
// Both stop at what they do not know and say so; the caller then takes the careful way (number_format,
// time_format), which gives the same value for everything that these accept. Input must end with a byte that
// is no digit ('\n').
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "core/time.hpp"

namespace regimetry::market {

// "-123.456" and "42". Moves `cursor` behind the number. False, with `cursor` anywhere, when it is no such
// number or has more digits than a double holds exactly: with at most 15 digits and a power of ten up to 1e22
// the one division below rounds once, so the result is the correctly rounded one (Clinger 1990).
inline bool read_plain_decimal(const char*& cursor, double& value) {
  static constexpr std::array<double, 16> kPowersOfTen = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const char* at = cursor;
  const bool negative = *at == '-';
  at += negative;
  const char* first_digit = at;
  std::uint64_t digits = 0;
  unsigned digit = 0;
  while ((digit = static_cast<unsigned>(*at - '0')) < 10U) {
    digits = digits * 10 + digit;
    ++at;
  }
  const auto whole_digits = at - first_digit;
  std::ptrdiff_t fraction_digits = 0;
  if (*at == '.') {
    ++at;
    const char* first_fraction_digit = at;
    while ((digit = static_cast<unsigned>(*at - '0')) < 10U) {
      digits = digits * 10 + digit;
      ++at;
    }
    fraction_digits = at - first_fraction_digit;
  }
  const auto digit_count = whole_digits + fraction_digits;
  if (digit_count == 0 || digit_count > 15) return false;
  const double magnitude =
      static_cast<double>(digits) / kPowersOfTen[static_cast<std::size_t>(fraction_digits)];
  value = negative ? -magnitude : magnitude;
  cursor = at;
  return true;
}

// Reads "2024-01-02", "2024-01-02 03:04", "2024-01-02T03:04:05", with "Z" or without. Bars follow each other
// closely, so the day is remembered. One object per thread.
class IsoStampReader {
 public:
  // Moves `cursor` behind the stamp. False, with `cursor` anywhere, when it is no such stamp.
  bool read(const char*& cursor, const char* end, TimestampNs& stamp, bool& is_absolute) {
    if (end - cursor < 11) return false;
    if (std::memcmp(cursor, day_text_.data(), 10) != 0 && !read_day(cursor)) return false;
    const char* at = cursor + 10;
    stamp = day_start_;
    is_absolute = false;
    if ((*at == 'T' || *at == ' ') && end - at >= 7) {
      int hour = 0;
      int minute = 0;
      if (!two_digits(at + 1, hour) || at[3] != ':' || !two_digits(at + 4, minute) || hour > 23 ||
          minute > 59)
        return false;
      stamp += hour * kNsPerHour + minute * kNsPerMinute;
      at += 6;
      if (*at == ':' && end - at >= 4) {
        int second = 0;
        if (!two_digits(at + 1, second) || second > 59) return false;
        stamp += second * kNsPerSecond;
        at += 3;
      }
    }
    if (*at == 'Z') {
      is_absolute = true;
      ++at;
    }
    cursor = at;
    return true;
  }

 private:
  static bool two_digits(const char* at, int& value) {
    const auto tens = static_cast<unsigned>(at[0] - '0');
    const auto ones = static_cast<unsigned>(at[1] - '0');
    value = static_cast<int>(tens * 10 + ones);
    return tens < 10 && ones < 10;
  }

  bool read_day(const char* at) {
    int century = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    if (!two_digits(at, century) || !two_digits(at + 2, year) || at[4] != '-' || !two_digits(at + 5, month) ||
        at[7] != '-' || !two_digits(at + 8, day)) {
      return false;
    }
    year += century * 100;
    if (year < 1678 || year > 2261 || !is_valid_date(year, month, day)) return false;
    std::memcpy(day_text_.data(), at, 10);
    day_start_ = days_from_civil(year, month, day) * kNsPerDay;
    return true;
  }

  std::array<char, 10> day_text_ = {};
  TimestampNs day_start_ = 0;
};

}  // namespace regimetry::market
