// Timestamps and durations as text: reading and writing, beside the calendar arithmetic of time.cpp.
#include <array>
#include <cstring>

#include "core/time.hpp"

namespace regimetry {
namespace {

// Reads a text of fixed-width fields from the left; the first thing that does not match makes it fail for
// good.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) noexcept : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool is_at_end() const noexcept { return at_ == end_; }
  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }
  [[nodiscard]] char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }
  void skip() noexcept { ++at_; }
  void fail() noexcept { has_failed_ = true; }

  void expect(char c) noexcept {
    if (at_ != end_ && *at_ == c) {
      ++at_;
    } else {
      has_failed_ = true;
    }
  }

  // Exactly `digit_count` decimal digits; 0 on failure.
  int digits(int digit_count) noexcept {
    if (end_ - at_ < digit_count) {
      has_failed_ = true;
      return 0;
    }
    unsigned value = 0;
    for (int i = 0; i < digit_count; ++i) {
      const unsigned digit = static_cast<unsigned char>(*at_++) - static_cast<unsigned>('0');
      has_failed_ = has_failed_ || digit > 9;
      value = value * 10 + digit;
    }
    return has_failed_ ? 0 : static_cast<int>(value);
  }

  [[nodiscard]] bool sees_digit() const noexcept { return at_ != end_ && *at_ >= '0' && *at_ <= '9'; }

 private:
  const char* at_;
  const char* end_;
  bool has_failed_ = false;
};

// One to nine digits after the point, as nanoseconds.
std::int64_t read_fraction(FieldReader& reader) noexcept {
  std::int64_t nanosecond = 0;
  int digit_count = 0;
  while (digit_count < 9 && reader.sees_digit()) {
    nanosecond = nanosecond * 10 + reader.digits(1);
    ++digit_count;
  }
  if (digit_count == 0) reader.fail();  // a point with nothing behind it
  for (; digit_count < 9; ++digit_count) nanosecond *= 10;
  return nanosecond;
}

// `Z`, `+01:00`, `+0100`, `+01` or nothing, as seconds east of UTC. Anything else fails.
std::int64_t read_offset_seconds(FieldReader& reader) noexcept {
  if (reader.is_at_end()) return 0;
  const char sign = reader.peek();
  if (sign == 'Z') {
    reader.skip();
    return 0;
  }
  if (sign == '+') {
    reader.skip();
  } else {
    reader.expect('-');
  }
  const int hours = reader.digits(2);
  int minutes = 0;
  if (!reader.is_at_end()) {
    if (reader.peek() == ':') reader.skip();
    minutes = reader.digits(2);
  }
  if (hours > 23 || minutes > 59) reader.fail();
  const std::int64_t seconds = (std::int64_t{hours} * 60 + minutes) * 60;
  return sign == '-' ? -seconds : seconds;
}

// Two digits, 00..99.
char* write_two(char* out, unsigned value) noexcept {
  static constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
      pairs[2 * i] = static_cast<char>('0' + i / 10);
      pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
  }();
  std::memcpy(out, kPairs.data() + std::size_t{2} * value, 2);
  return out + 2;
}

char* write_three(char* out, unsigned value) noexcept {
  *out++ = static_cast<char>('0' + value / 100);
  return write_two(out, value % 100);
}

char* write_date(char* out, const CivilTime& civil) noexcept {
  out = write_two(out, static_cast<unsigned>(civil.year / 100));
  out = write_two(out, static_cast<unsigned>(civil.year % 100));
  *out++ = '-';
  out = write_two(out, static_cast<unsigned>(civil.month));
  *out++ = '-';
  return write_two(out, static_cast<unsigned>(civil.day));
}

char* write_hour_and_minute(char* out, const CivilTime& civil) noexcept {
  out = write_two(out, static_cast<unsigned>(civil.hour));
  *out++ = ':';
  return write_two(out, static_cast<unsigned>(civil.minute));
}

// `:05`, then `.` and 3, 6 or 9 digits, or none when the second is whole.
char* write_second(char* out, const CivilTime& civil) noexcept {
  *out++ = ':';
  out = write_two(out, static_cast<unsigned>(civil.second));
  if (civil.nanosecond == 0) return out;
  const auto nanosecond = static_cast<unsigned>(civil.nanosecond);
  *out++ = '.';
  out = write_three(out, nanosecond / 1'000'000);
  if (nanosecond % 1'000'000 == 0) return out;
  out = write_three(out, nanosecond / 1'000 % 1'000);
  if (nanosecond % 1'000 == 0) return out;
  return write_three(out, nanosecond % 1'000);
}

}  // namespace

std::optional<TimestampNs> parse_iso_timestamp(std::string_view text) noexcept {
  FieldReader reader(text);
  const int year = reader.digits(4);
  reader.expect('-');
  const int month = reader.digits(2);
  reader.expect('-');
  const int day = reader.digits(2);
  if (reader.has_failed() || !is_valid_date(year, month, day)) return std::nullopt;

  std::int64_t seconds = days_from_civil(year, month, day) * 86'400;
  std::int64_t nanosecond = 0;
  if (!reader.is_at_end()) {
    if (reader.peek() == ' ') {
      reader.skip();
    } else {
      reader.expect('T');
    }
    const int hour = reader.digits(2);
    reader.expect(':');
    const int minute = reader.digits(2);
    int second = 0;
    if (reader.peek() == ':') {
      reader.skip();
      second = reader.digits(2);
      if (reader.peek() == '.') {
        reader.skip();
        nanosecond = read_fraction(reader);
      }
    }
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    seconds += (hour * 60 + minute) * 60 + second - read_offset_seconds(reader);
  }
  if (reader.has_failed() || !reader.is_at_end()) return std::nullopt;
  return timestamp_from_parts(seconds, nanosecond);
}

char* write_timestamp(char* out, TimestampNs stamp) noexcept {
  const CivilTime civil = to_civil(stamp);
  out = write_date(out, civil);
  *out++ = 'T';
  out = write_hour_and_minute(out, civil);
  out = write_second(out, civil);
  *out++ = 'Z';
  return out;
}

std::string format_timestamp(TimestampNs stamp) {
  std::array<char, kTimestampChars> buffer;
  return {buffer.data(), write_timestamp(buffer.data(), stamp)};
}

std::string format_timestamp_short(TimestampNs stamp) {
  std::array<char, kTimestampChars> buffer;
  const CivilTime civil = to_civil(stamp);
  char* out = write_date(buffer.data(), civil);
  const bool has_seconds = civil.second != 0 || civil.nanosecond != 0;
  if (has_seconds || civil.minute != 0 || civil.hour != 0) {
    *out++ = ' ';
    out = write_hour_and_minute(out, civil);
    if (has_seconds) out = write_second(out, civil);
  }
  return {buffer.data(), out};
}

std::string format_duration(std::int64_t nanoseconds) {
  struct Unit {
    std::uint64_t ns;
    const char* name;
  };
  static constexpr std::array<Unit, 7> kUnits = {{{static_cast<std::uint64_t>(kNsPerDay), "d"},
                                                  {static_cast<std::uint64_t>(kNsPerHour), "h"},
                                                  {static_cast<std::uint64_t>(kNsPerMinute), "min"},
                                                  {static_cast<std::uint64_t>(kNsPerSecond), "s"},
                                                  {1'000'000, "ms"},
                                                  {1'000, "us"},
                                                  {1, "ns"}}};
  if (nanoseconds == 0) return "0 s";
  // Unsigned, because the most negative value has no positive twin.
  auto left =
      nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  const auto largest_unit = [&] {
    std::size_t unit = 0;
    while (left < kUnits[unit].ns) ++unit;
    return unit;
  };
  std::size_t unit = largest_unit();
  if (unit + 1 < kUnits.size()) {
    // Rounding may carry into the larger unit (59 min 59.7 s is 1 h), so the unit is looked up again.
    const std::uint64_t step = kUnits[unit + 1].ns;
    left = (left + step / 2) / step * step;
    unit = largest_unit();
  }
  std::string text = nanoseconds < 0 ? "-" : "";
  text += std::to_string(left / kUnits[unit].ns) + " " + kUnits[unit].name;
  if (unit + 1 < kUnits.size()) {
    const std::uint64_t smaller = left % kUnits[unit].ns / kUnits[unit + 1].ns;
    if (smaller != 0) text += " " + std::to_string(smaller) + " " + kUnits[unit + 1].name;
  }
  return text;
}

}  // namespace regimetry
