#include "market/posix_time_rule.hpp"

#include <algorithm>
#include <cctype>

#include "core/time.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kSecondsPerDay = 24 * 3600;

// Reads from the front of `text`, which shrinks; every function answers whether it found what it wanted.
struct RuleReader {
  std::string_view text;

  bool skip(char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }

  std::optional<int> number() {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 3 && std::isdigit(static_cast<unsigned char>(text[digits]));
         ++digits) {
      value = value * 10 + (text[digits] - '0');
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    return value;
  }

  // "EST" or "<+1030>".
  bool skip_name() {
    if (skip('<')) {
      const std::size_t end = text.find('>');
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 1);
      return true;
    }
    const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
    const auto length = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(length);
    return length >= 3;
  }

  // "[+-]hh[:mm[:ss]]" in seconds.
  std::optional<std::int64_t> clock() {
    const int sign = skip('-') ? -1 : 1;
    if (sign > 0) skip('+');
    const std::optional<int> hours = number();
    if (!hours) return std::nullopt;
    std::int64_t seconds = std::int64_t{*hours} * 3600;
    for (const int unit : {60, 1}) {
      if (!skip(':')) break;
      const std::optional<int> part = number();
      if (!part) return std::nullopt;
      seconds += std::int64_t{*part} * unit;
    }
    return sign * seconds;
  }

  // "M3.2.0/2", "J60", "59".
  std::optional<YearlyChange> change() {
    YearlyChange change;
    if (skip('M')) {
      const std::optional<int> month = number();
      const std::optional<int> week = skip('.') ? number() : std::nullopt;
      const std::optional<int> weekday = skip('.') ? number() : std::nullopt;
      if (!month || !week || !weekday) return std::nullopt;
      if (*month < 1 || *month > 12 || *week < 1 || *week > 5 || *weekday > 6) return std::nullopt;
      change.month = *month;
      change.week = *week;
      change.weekday = *weekday;
    } else {
      change.form = skip('J') ? YearlyChange::Form::kDayWithoutLeap : YearlyChange::Form::kDayOfYear;
      const std::optional<int> day = number();
      if (!day || *day > 365) return std::nullopt;
      change.day = *day;
    }
    if (skip('/')) {
      const std::optional<std::int64_t> second = clock();
      if (!second) return std::nullopt;
      change.second = *second;
    }
    return change;
  }
};

}  // namespace

std::int64_t YearlyChange::local_second(int year) const noexcept {
  std::int64_t days = days_from_civil(year, 1, 1);
  if (form == Form::kDayOfYear) {
    days += day;
  } else if (form == Form::kDayWithoutLeap) {
    days += day - 1 + (day > 59 && is_valid_date(year, 2, 29) ? 1 : 0);
  } else {
    const std::int64_t first = days_from_civil(year, month, 1);
    const std::int64_t next_month =
        month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, month + 1, 1);
    const std::int64_t weekday_of_first = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    days = first + (weekday - weekday_of_first + 7) % 7 + 7 * (week - 1);
    if (days >= next_month) days -= 7;
  }
  return days * kSecondsPerDay + second;
}

std::optional<PosixTimeRule> parse_posix_time_rule(std::string_view text) {
  RuleReader reader{text};
  PosixTimeRule rule;
  if (!reader.skip_name()) return std::nullopt;
  const std::optional<std::int64_t> standard = reader.clock();
  if (!standard || !reader.skip_name()) return std::nullopt;
  rule.standard_offset_s = -*standard;  // these rules count westwards
  rule.daylight_offset_s = rule.standard_offset_s + 3600;
  if (!reader.text.empty() && reader.text.front() != ',') {
    const std::optional<std::int64_t> daylight = reader.clock();
    if (!daylight) return std::nullopt;
    rule.daylight_offset_s = -*daylight;
  }
  const std::optional<YearlyChange> begins = reader.skip(',') ? reader.change() : std::nullopt;
  const std::optional<YearlyChange> ends = reader.skip(',') ? reader.change() : std::nullopt;
  if (!begins || !ends || !reader.text.empty()) return std::nullopt;
  rule.daylight_begins = *begins;
  rule.daylight_ends = *ends;
  return rule;
}

}  // namespace regimetry::market
