#include "market/reading/time_format.hpp"

#include <cstddef>
#include <cstdlib>

#include "market/reading/number_format.hpp"

namespace regimetry::market {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Reads a cell from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return pos_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[pos_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(pos_); }
  void skip(std::size_t count = 1) { pos_ += count; }
  bool take(char c) {
    if (peek() != c || at_end()) return false;
    ++pos_;
    return true;
  }
  void take_blanks() {
    while (take(' ')) {
    }
  }
  [[nodiscard]] std::string_view take_digits() {
    const std::size_t begin = pos_;
    while (is_digit(peek())) ++pos_;
    return text_.substr(begin, pos_ - begin);
  }
  [[nodiscard]] std::string_view take_letters() {
    const std::size_t begin = pos_;
    while (is_letter(peek())) ++pos_;
    return text_.substr(begin, pos_ - begin);
  }

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
};

std::int64_t to_count(std::string_view digits) {  // at most 18 digits, so it fits
  std::int64_t count = 0;
  for (const char c : digits) count = count * 10 + (c - '0');
  return count;
}

// 1..12; 0 when the word is no month. Three letters at least: "Apr", "April", "Sept".
int month_of_name(std::string_view word) {
  static constexpr auto kMonths =
      std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                       "august", "september", "october", "november", "december"});
  if (word.size() < 3) return 0;
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    bool same = word.size() <= kMonths[month].size();
    for (std::size_t i = 0; same && i < word.size(); ++i) same = lower(word[i]) == kMonths[month][i];
    if (same) return static_cast<int>(month) + 1;
  }
  return 0;
}

bool is_weekday_name(std::string_view word) {
  static constexpr auto kDays = std::to_array<std::string_view>(
      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
  if (word.size() < 3) return false;
  for (const std::string_view day : kDays) {
    bool same = word.size() <= day.size();
    for (std::size_t i = 0; same && i < word.size(); ++i) same = lower(word[i]) == day[i];
    if (same) return true;
  }
  return false;
}

// Hours, minutes, seconds as time_ns; false when out of range. 24:00:00 is the only reading of hour 24.
bool set_time_of_day(TimeParts& parts, std::int64_t hour, std::int64_t minute, std::int64_t second,
                     std::int64_t fraction_ns) {
  if (minute > 59 || second > 59 || hour > 24) return false;
  if (hour == 24 && (minute != 0 || second != 0 || fraction_ns != 0)) return false;
  parts.has_time = true;
  parts.time_ns = hour * kNsPerHour + minute * kNsPerMinute + second * kNsPerSecond + fraction_ns;
  return true;
}

// ".123" or ",123" after seconds; up to 9 digits.
bool take_fraction(Cursor& cursor, TimeParts& parts, std::int64_t& fraction_ns) {
  if (cursor.peek() != '.' && cursor.peek() != ',') return true;
  cursor.skip();
  const std::string_view digits = cursor.take_digits();
  if (digits.empty() || digits.size() > 9) return false;
  fraction_ns = to_count(digits);
  for (std::size_t i = digits.size(); i < 9; ++i) fraction_ns *= 10;
  parts.fraction_digits = static_cast<std::int8_t>(digits.size());
  return true;
}

// "AM", "pm", "a.m.", with a blank or '-' before: "07-AM" is CryptoDataDownload's hour.
bool take_half_of_day(Cursor& cursor, TimeParts& parts, std::int64_t& hour) {
  std::string_view rest = cursor.rest();
  std::size_t skipped = 0;
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-')) {
    rest.remove_prefix(1);
    ++skipped;
  }
  if (rest.size() < 2) return true;
  const char half = lower(rest[0]);
  std::size_t length = 0;
  if ((half == 'a' || half == 'p') && lower(rest[1]) == 'm') length = 2;
  if ((half == 'a' || half == 'p') && rest.size() >= 4 && rest[1] == '.' && lower(rest[2]) == 'm' &&
      rest[3] == '.')
    length = 4;
  if (length == 0) return true;
  if (hour < 1 || hour > 12) return false;
  hour = hour % 12 + (half == 'p' ? 12 : 0);
  parts.is_twelve_hour = true;
  cursor.skip(skipped + length);
  return true;
}

bool take_clock(Cursor& cursor, TimeParts& parts) {
  const std::string_view first = cursor.take_digits();
  if (first.size() == 4 || first.size() == 6) {  // HHMM, HHMMSS
    parts.is_compact_time = true;
    parts.time_fields = first.size() == 4 ? 2 : 3;
    const std::int64_t seconds = first.size() == 6 ? to_count(first.substr(4)) : 0;
    std::int64_t fraction_ns = 0;
    if (first.size() == 6 && !take_fraction(cursor, parts, fraction_ns)) return false;
    return set_time_of_day(parts, to_count(first.substr(0, 2)), to_count(first.substr(2, 2)), seconds,
                           fraction_ns);
  }
  if (first.empty() || first.size() > 2) return false;
  std::int64_t hour = to_count(first);
  std::int64_t minute = 0;
  std::int64_t second = 0;
  std::int64_t fraction_ns = 0;
  parts.time_fields = 1;
  if (cursor.take(':')) {
    const std::string_view minutes = cursor.take_digits();
    if (minutes.size() != 2) return false;
    minute = to_count(minutes);
    parts.time_fields = 2;
    if (cursor.take(':')) {
      const std::string_view seconds = cursor.take_digits();
      if (seconds.size() != 2) return false;
      second = to_count(seconds);
      parts.time_fields = 3;
      if (!take_fraction(cursor, parts, fraction_ns)) return false;
    }
  }
  if (!take_half_of_day(cursor, parts, hour)) return false;
  if (parts.time_fields == 1 && !parts.is_twelve_hour) return false;  // "2024-01-02 07" alone is too little
  return set_time_of_day(parts, hour, minute, second, fraction_ns);
}

// "+01:00", "-0330", "+01".
bool take_numeric_offset(Cursor& cursor, TimeParts& parts) {
  const bool west = cursor.peek() == '-';
  cursor.skip();
  const std::string_view digits = cursor.take_digits();
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  if (digits.size() == 4) {
    hours = to_count(digits.substr(0, 2));
    minutes = to_count(digits.substr(2));
  } else if (digits.size() == 2 || digits.size() == 1) {
    hours = to_count(digits);
    if (cursor.take(':')) {
      const std::string_view tail = cursor.take_digits();
      if (tail.size() != 2) return false;
      minutes = to_count(tail);
    }
  } else {
    return false;
  }
  if (hours > 18 || minutes > 59) return false;
  parts.offset_ns = (hours * kNsPerHour + minutes * kNsPerMinute) * (west ? -1 : 1);
  parts.has_offset = true;
  return true;
}

// Nothing, "Z", an offset, "UTC", "GMT+0100". Anything else fails.
bool take_zone(Cursor& cursor, TimeParts& parts) {
  cursor.take_blanks();
  if (cursor.at_end()) return true;
  if (is_letter(cursor.peek())) {
    const std::string_view word = cursor.take_letters();
    if (word != "Z" && word != "z" && word != "UTC" && word != "GMT") return false;
    parts.has_offset = true;
  }
  if (cursor.peek() == '+' || cursor.peek() == '-')
    return take_numeric_offset(cursor, parts) && cursor.at_end();
  return cursor.at_end();
}

// What may follow a date: nothing, or 'T', blanks, ',' or '_' and a time, and a zone.
bool take_rest_after_date(Cursor& cursor, TimeParts& parts) {
  if (cursor.at_end()) return true;
  const char mark = cursor.peek();
  if (mark == 'T' || mark == 't') {
    parts.time_mark = 'T';
    cursor.skip();
  } else if (mark == ' ' || mark == ',' || mark == '_') {
    cursor.take(',');
    cursor.take('_');
    cursor.take_blanks();
  } else {
    return false;
  }
  if (!is_digit(cursor.peek())) return parts.time_mark == ' ' && take_zone(cursor, parts);
  return take_clock(cursor, parts) && take_zone(cursor, parts);
}

bool set_part(TimeParts& parts, std::size_t which, std::string_view digits) {
  if (digits.empty() || digits.size() > 4 || digits.size() == 3) return false;
  parts.part[which] = static_cast<int>(to_count(digits));
  parts.width[which] = static_cast<std::int8_t>(digits.size());
  return true;
}

bool take_part(Cursor& cursor, TimeParts& parts, std::size_t which) {
  if (!is_letter(cursor.peek())) return set_part(parts, which, cursor.take_digits());
  const int month = month_of_name(cursor.take_letters());
  if (month == 0 || parts.month_name_at >= 0 || which == 2) return false;
  parts.part[which] = month;
  parts.width[which] = 2;
  parts.month_name_at = static_cast<std::int8_t>(which);
  cursor.take('.');
  return true;
}

// The mark between two parts of a date. With a month name, "Apr 09, 2020" and "9 Apr. 2020" mix blanks and
// commas.
bool take_date_mark(Cursor& cursor, TimeParts& parts) {
  const char mark = cursor.peek();
  if (mark == ',' && parts.month_name_at >= 0) {
    cursor.skip();
    cursor.take_blanks();
    return true;
  }
  if (mark != '-' && mark != '/' && mark != '.' && mark != ' ') return false;
  if (parts.date_mark != '\0' && parts.date_mark != mark && parts.month_name_at < 0) return false;
  if (parts.date_mark == '\0') parts.date_mark = mark;
  cursor.skip();
  if (mark == ' ') cursor.take_blanks();
  return true;
}

std::optional<TimeParts> scan_separated_date(std::string_view text) {
  Cursor cursor(text);
  TimeParts parts;
  if (!take_part(cursor, parts, 0)) return std::nullopt;
  for (std::size_t which = 1; which < 3; ++which) {
    if (!take_date_mark(cursor, parts) || !take_part(cursor, parts, which)) return std::nullopt;
  }
  if (parts.month_name_at < 0 && parts.date_mark == ' ') return std::nullopt;
  if (parts.width[1] == 4) return std::nullopt;
  if (!take_rest_after_date(cursor, parts)) return std::nullopt;
  return parts;
}

bool set_compact_date(TimeParts& parts, std::string_view digits) {
  parts.part = {static_cast<int>(to_count(digits.substr(0, 4))),
                static_cast<int>(to_count(digits.substr(4, 2))),
                static_cast<int>(to_count(digits.substr(6, 2)))};
  // A run of digits is taken for a date only in years that market data comes from; otherwise it is a count.
  return parts.part[0] >= 1800 && parts.part[0] < 2200 &&
         is_valid_date(parts.part[0], parts.part[1], parts.part[2]);
}

std::optional<EpochUnit> unit_by_magnitude(std::int64_t count) {
  const std::int64_t magnitude = std::abs(count);
  if (magnitude >= 100'000'000 && magnitude < 10'000'000'000) return EpochUnit::kSeconds;  // 1973 to 2286
  if (magnitude >= 100'000'000'000 && magnitude < 10'000'000'000'000) return EpochUnit::kMilliseconds;
  if (magnitude >= 100'000'000'000'000 && magnitude < 10'000'000'000'000'000) return EpochUnit::kMicroseconds;
  if (magnitude >= 100'000'000'000'000'000) return EpochUnit::kNanoseconds;
  return std::nullopt;
}

// "1606863600000", "1502949600.0": a count; the fraction may have up to 9 digits that matter.
std::optional<TimeParts> scan_epoch(std::string_view text) {
  Cursor cursor(text);
  const bool negative = cursor.take('-');
  const std::string_view whole = cursor.take_digits();
  if (whole.empty() || whole.size() > 19) return std::nullopt;
  TimeParts parts;
  parts.kind = TimeParts::Kind::kEpoch;
  if (cursor.take('.')) {
    const std::string_view fraction = cursor.take_digits();
    for (std::size_t i = 0; i < 9; ++i) {
      parts.epoch_billionths = parts.epoch_billionths * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
  }
  if (!cursor.at_end()) return std::nullopt;
  std::int64_t count = 0;
  for (const char c : whole) {
    if (__builtin_mul_overflow(count, std::int64_t{10}, &count) ||
        __builtin_add_overflow(count, c - '0', &count)) {
      return std::nullopt;
    }
  }
  parts.epoch_count = negative ? -count : count;
  if (negative) parts.epoch_billionths = -parts.epoch_billionths;
  parts.unit = unit_by_magnitude(parts.epoch_count);
  return parts;
}

// Digits alone, or digits and then a time: "20240102", "20240102 093000", "202401020930",
// "20240102093000123".
std::optional<TimeParts> scan_compact(std::string_view text) {
  Cursor cursor(text);
  const std::string_view digits = cursor.take_digits();
  TimeParts parts;
  parts.kind = TimeParts::Kind::kCompactDate;
  if (digits.size() < 8 || !set_compact_date(parts, digits.substr(0, 8))) return std::nullopt;
  if (digits.size() == 8) return take_rest_after_date(cursor, parts) ? std::optional(parts) : std::nullopt;
  if (digits.size() != 12 && digits.size() != 14 && digits.size() != 17) return std::nullopt;
  if (!cursor.at_end()) return std::nullopt;
  if (parts.part[0] < 1990 || parts.part[0] > 2100)
    return std::nullopt;  // else milliseconds of the 1970s look like it
  parts.is_compact_time = true;
  parts.time_fields = digits.size() == 12 ? 2 : 3;
  const std::int64_t seconds = digits.size() >= 14 ? to_count(digits.substr(12, 2)) : 0;
  const std::int64_t fraction_ns = digits.size() == 17 ? to_count(digits.substr(14)) * 1'000'000 : 0;
  parts.fraction_digits = digits.size() == 17 ? 3 : 0;
  if (!set_time_of_day(parts, to_count(digits.substr(8, 2)), to_count(digits.substr(10, 2)), seconds,
                       fraction_ns)) {
    return std::nullopt;
  }
  return parts;
}

// "09:30", "09:30:00.000", "9:30 AM", and digits alone (up to 6), which compact_time_ns() reads.
std::optional<TimeParts> scan_time_of_day(std::string_view text) {
  TimeParts parts;
  parts.kind = TimeParts::Kind::kTimeOfDay;
  Cursor digits_only(text);
  const std::string_view digits = digits_only.take_digits();
  if (digits_only.at_end() && !digits.empty() && digits.size() <= 6) {
    parts.epoch_count = to_count(digits);
    parts.compact_digits = static_cast<std::int8_t>(digits.size());
    parts.is_compact_time = true;
    return parts;
  }
  Cursor cursor(text);
  if (digits.size() > 2 || !take_clock(cursor, parts) || !take_zone(cursor, parts)) return std::nullopt;
  return parts;
}

int full_year(int year, int width) {
  if (width > 2) return year;
  return year + (year >= 70 ? 1900 : 2000);
}

struct YearMonthDay {
  std::int64_t year = 0;
  int month = 0, day = 0;
};

// Which part is what, under `order`; nothing when the widths contradict it.
std::optional<YearMonthDay> order_parts(const TimeParts& parts, DateOrder order) {
  const auto& [a, b, c] = parts.part;
  if (parts.kind == TimeParts::Kind::kCompactDate) return YearMonthDay{a, b, c};
  const bool year_leads = parts.width[0] == 4;
  const bool year_ends = parts.width[2] == 4;
  if (year_leads && year_ends) return std::nullopt;
  if (parts.month_name_at >= 0) {
    const int month = parts.month_name_at == 0 ? a : b;  // take_part() refuses a name at the end
    const int day_or_year = parts.month_name_at == 0 ? b : a;
    const bool first_is_year =
        year_leads || (!year_ends && parts.month_name_at == 1 && order == DateOrder::kYearFirst);
    if (first_is_year) return YearMonthDay{full_year(day_or_year, parts.width[0]), month, c};
    return YearMonthDay{full_year(c, parts.width[2]), month, day_or_year};
  }
  if (year_leads) return YearMonthDay{a, b, c};
  if (order == DateOrder::kYearFirst) {
    if (year_ends) return std::nullopt;
    return YearMonthDay{full_year(a, parts.width[0]), b, c};
  }
  const int year = full_year(c, parts.width[2]);
  return order == DateOrder::kDayFirst ? YearMonthDay{year, b, a} : YearMonthDay{year, a, b};
}

std::optional<TimestampNs> resolve_epoch(const TimeParts& parts, std::optional<EpochUnit> forced_unit) {
  const std::optional<EpochUnit> unit = forced_unit ? forced_unit : parts.unit;
  if (!unit) return std::nullopt;
  static constexpr std::array<std::int64_t, 4> kNsPerUnit = {1'000'000'000, 1'000'000, 1'000, 1};
  const std::int64_t ns_per_unit = kNsPerUnit[static_cast<std::size_t>(*unit)];
  const std::int64_t fraction_ns = parts.epoch_billionths / (1'000'000'000 / ns_per_unit);
  TimestampNs stamp = 0;
  if (__builtin_mul_overflow(parts.epoch_count, ns_per_unit, &stamp) ||
      __builtin_add_overflow(stamp, fraction_ns, &stamp)) {
    return std::nullopt;
  }
  return stamp;
}

void append_clock_format(const TimeParts& parts, std::string& text) {
  const std::string_view colon = parts.is_compact_time ? "" : ":";
  text += parts.is_twelve_hour ? "hh" : "HH";
  if (parts.time_fields >= 2) (text += colon) += "MM";
  if (parts.time_fields >= 3) (text += colon) += "SS";
  if (parts.fraction_digits > 0)
    (text += '.') += std::string(static_cast<std::size_t>(parts.fraction_digits), 'f');
  if (parts.is_twelve_hour) text += " AM/PM";
}

std::string describe_date_format(const TimeParts& parts, DateOrder order) {
  if (parts.kind == TimeParts::Kind::kCompactDate) return "YYYYMMDD";
  std::array<std::string, 3> names;
  const bool year_leads = parts.width[0] == 4 || (parts.width[2] != 4 && order == DateOrder::kYearFirst);
  const std::string year = parts.width[year_leads ? 0 : 2] == 4 ? "YYYY" : "YY";
  const std::string month = parts.month_name_at >= 0 ? "MMM" : "MM";
  if (parts.month_name_at == 0) return month + " DD, " + year;
  if (year_leads) {
    names = {year, month, "DD"};
  } else if (order == DateOrder::kMonthFirst && parts.month_name_at < 0) {
    names = {month, "DD", year};
  } else {
    names = {"DD", month, year};
  }
  return names[0] + parts.date_mark + names[1] + parts.date_mark + names[2];
}

}  // namespace

std::string_view date_order_name(DateOrder order) noexcept {
  switch (order) {
    case DateOrder::kDayFirst:
      return "day-first";
    case DateOrder::kMonthFirst:
      return "month-first";
    case DateOrder::kYearFirst:
      break;
  }
  return "year-first";
}

std::string_view epoch_unit_name(EpochUnit unit) noexcept {
  static constexpr std::array<std::string_view, 4> kNames = {"s", "ms", "us", "ns"};
  return kNames[static_cast<std::size_t>(unit)];
}

std::optional<EpochUnit> parse_epoch_unit(std::string_view name) noexcept {
  for (const EpochUnit unit :
       {EpochUnit::kSeconds, EpochUnit::kMilliseconds, EpochUnit::kMicroseconds, EpochUnit::kNanoseconds}) {
    if (name == epoch_unit_name(unit)) return unit;
  }
  return std::nullopt;
}

std::optional<TimeParts> scan_time(std::string_view cell, bool digits_are_counts) {
  std::string_view text = trim_blanks(cell);
  if (text.empty() || text.size() > 64) return std::nullopt;
  if (is_letter(text.front())) {
    Cursor cursor(text);
    if (is_weekday_name(cursor.take_letters())) {
      cursor.take('.');
      cursor.take(',');
      cursor.take_blanks();
      text = cursor.rest();
    }
  }
  if (text.empty()) return std::nullopt;
  if (digits_are_counts) {
    if (std::optional<TimeParts> parts = scan_epoch(text)) return parts;
  }
  if (std::optional<TimeParts> parts = scan_compact(text)) return parts;
  if (std::optional<TimeParts> parts = scan_time_of_day(text)) return parts;
  if (std::optional<TimeParts> parts = scan_epoch(text)) return parts;
  return scan_separated_date(text);
}

std::optional<TimestampNs> resolve_time(const TimeParts& parts, DateOrder order,
                                        std::optional<EpochUnit> forced_unit) {
  if (parts.kind == TimeParts::Kind::kTimeOfDay) return std::nullopt;
  if (parts.kind == TimeParts::Kind::kEpoch) return resolve_epoch(parts, forced_unit);
  const std::optional<YearMonthDay> date = order_parts(parts, order);
  if (!date || date->year < 1678 || date->year > 2262) return std::nullopt;
  const int year = static_cast<int>(date->year);
  if (!is_valid_date(year, date->month, date->day)) return std::nullopt;
  TimestampNs stamp = 0;
  if (__builtin_mul_overflow(days_from_civil(year, date->month, date->day), kNsPerDay, &stamp))
    return std::nullopt;
  if (__builtin_add_overflow(stamp, parts.time_ns - parts.offset_ns, &stamp)) return std::nullopt;
  return stamp;
}

DateOrderSet possible_orders(const TimeParts& parts, std::optional<EpochUnit> forced_unit) {
  DateOrderSet orders = 0;
  for (std::size_t i = 0; i < kDateOrders.size(); ++i) {
    if (resolve_time(parts, kDateOrders[i], forced_unit))
      orders = static_cast<DateOrderSet>(orders | (1U << i));
  }
  return orders;
}

std::optional<std::int64_t> compact_time_ns(std::int64_t count, int widest_digits) {
  TimeParts parts;
  const bool has_seconds = widest_digits > 4;
  const std::int64_t hour = has_seconds ? count / 10'000 : count / 100;
  const std::int64_t minute = has_seconds ? count / 100 % 100 : count % 100;
  const std::int64_t second = has_seconds ? count % 100 : 0;
  if (count < 0 || !set_time_of_day(parts, hour, minute, second, 0)) return std::nullopt;
  return parts.time_ns;
}

std::string describe_time_format(const TimeParts& parts, DateOrder order) {
  if (parts.kind == TimeParts::Kind::kEpoch) {
    return "epoch " + std::string(parts.unit ? epoch_unit_name(*parts.unit) : "count");
  }
  std::string text;
  if (parts.kind == TimeParts::Kind::kTimeOfDay) {
    if (parts.compact_digits > 0) return parts.compact_digits > 4 ? "HHMMSS" : "HHMM";
  } else {
    text = describe_date_format(parts, order);
    if (parts.has_time) text += parts.time_mark;
  }
  if (parts.has_time) append_clock_format(parts, text);
  if (parts.has_offset) text += "+offset";
  return text;
}

}  // namespace regimetry::market
