#include "market/timeframe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "core/lower_case.hpp"
#include "market/frequent_values.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kNsPerWeek = 7 * kNsPerDay;
constexpr double kDaysPerYear = 365.25;
constexpr std::int64_t kMostUnits =
    1'000'000;  // `1000000d` is not a timeframe; keeps the product within 64 bits

// Units from the largest to the smallest, so that 120 minutes are named `2h`.
constexpr std::array<std::pair<std::int64_t, std::string_view>, 8> kUnits{{
    {kNsPerWeek, "w"},
    {kNsPerDay, "d"},
    {kNsPerHour, "h"},
    {kNsPerMinute, "m"},
    {kNsPerSecond, "s"},
    {1'000'000, "ms"},
    {1'000, "us"},
    {1, "ns"},
}};

// The length of one unit; {0, 1} for months; nothing for an unknown word.
std::optional<Timeframe> unit_named(std::string_view word) {
  using Names = std::vector<std::string_view>;
  static const std::array<std::pair<Timeframe, Names>, 9> kNames{{
      {{kNsPerSecond, 0}, {"s", "sec", "secs", "second", "seconds"}},
      {{kNsPerMinute, 0}, {"m", "min", "mins", "minute", "minutes", "t"}},
      {{kNsPerHour, 0}, {"h", "hr", "hrs", "hour", "hours", "hourly"}},
      {{kNsPerDay, 0}, {"d", "day", "days", "daily"}},
      {{kNsPerWeek, 0}, {"w", "wk", "wks", "week", "weeks", "weekly"}},
      {{0, 1}, {"mo", "mon", "mn", "month", "months", "monthly"}},
      {{1'000'000, 0}, {"ms"}},
      {{1'000, 0}, {"us"}},
      {{1, 0}, {"ns"}},
  }};
  for (const auto& [unit, names] : kNames) {
    if (std::find(names.begin(), names.end(), word) != names.end()) return unit;
  }
  return std::nullopt;
}

// MetaTrader writes the unit first: M15, H4, D1, W1, MN1.
bool is_metatrader_unit(std::string_view word) {
  return word == "m" || word == "h" || word == "d" || word == "w" || word == "mn";
}

std::optional<std::int64_t> count_in(std::string_view digits) {
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (count < 1 || count > kMostUnits) return std::nullopt;
  return count;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Steps that mean the same spacing get one class: whole days within an hour (daylight saving), calendar
// months.
struct MonthLength {
  int months;
  std::int64_t shortest_days, longest_days;
};
constexpr std::array<MonthLength, 4> kMonthLengths{{{1, 28, 31}, {3, 89, 92}, {6, 181, 184}, {12, 365, 366}}};

std::int64_t whole_days_near(std::int64_t step) {
  const std::int64_t days = (step + kNsPerDay / 2) / kNsPerDay;
  return days > 0 && std::abs(step - days * kNsPerDay) <= kNsPerHour ? days : 0;
}

constexpr std::int64_t kNoStep = 0;  // the class of a repeated stamp, which says nothing about spacing

// A step's class: itself, or a multiple of a day, or -months (classes of months are negative, steps never
// are).
std::int64_t class_of(std::int64_t step) {
  if (step <= 0) return kNoStep;
  if (step < kNsPerDay - kNsPerHour) return step;
  const std::int64_t days = whole_days_near(step);
  if (days == 0) return step;
  for (const MonthLength& length : kMonthLengths) {
    if (days >= length.shortest_days && days <= length.longest_days) return -length.months;
  }
  return days * kNsPerDay;
}

// Months differ in length, so steps that all have one length are a count of days: 28 days are four weeks.
Timeframe month_or_days(std::span<const TimestampNs> stamps, int months) {
  std::int64_t shortest = 0, longest = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const std::int64_t step = stamps[i] - stamps[i - 1];
    if (class_of(step) != -months) continue;
    const std::int64_t days = whole_days_near(step);
    shortest = shortest == 0 ? days : std::min(shortest, days);
    longest = std::max(longest, days);
  }
  const bool always_31 = months == 1 && shortest == 31;  // two long months in a row: July and August
  const bool is_days = shortest == longest && months == 1 && !always_31;
  return is_days ? Timeframe{shortest * kNsPerDay, 0} : Timeframe{0, months};
}

struct StepTotals {
  std::int64_t count = 0;
  double elapsed_ns = 0;
};

// Steps of at most `longest`. Repeated stamps are left out: a file that was appended twice must not look
// twice as fast.
StepTotals total_steps(std::span<const TimestampNs> stamps, std::int64_t longest) {
  StepTotals totals;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    if (stamps[i] <= stamps[i - 1] || stamps[i] - stamps[i - 1] > longest) continue;
    ++totals.count;
    totals.elapsed_ns += static_cast<double>(stamps[i] - stamps[i - 1]);
  }
  return totals;
}

double per_year(const StepTotals& steps) {
  return static_cast<double>(steps.count) /
         (steps.elapsed_ns / (kDaysPerYear * static_cast<double>(kNsPerDay)));
}

double measured_bars_per_year(std::span<const TimestampNs> stamps, const Timeframe& timeframe) {
  // The longest closures of exchanges, such as golden weeks, stay below two weeks.
  constexpr std::int64_t kLongestClosure = 14 * kNsPerDay;
  const std::int64_t bar = timeframe.months > 0 ? timeframe.months * 31 * kNsPerDay : timeframe.nanoseconds;
  const StepTotals steps = total_steps(stamps, std::max(kLongestClosure, 3 * bar));
  const bool may_hide_weekends = bar < kNsPerDay && steps.elapsed_ns < 7.0 * static_cast<double>(kNsPerDay);
  return may_hide_weekends || steps.count == 0 ? 0 : per_year(steps);
}

}  // namespace

std::string Timeframe::name() const {
  if (months > 0) return fmt::format("{}mo", months);
  for (const auto& [length, unit] : kUnits) {
    if (nanoseconds > 0 && nanoseconds % length == 0) return fmt::format("{}{}", nanoseconds / length, unit);
  }
  return "unknown";
}

std::optional<Timeframe> Timeframe::parse(std::string_view text) {
  // pandas and others write a month as `1M`: the one place where case decides, because `1m` is a minute.
  const bool is_capital_month = text.size() >= 2 && text.back() == 'M' && is_digit(text[text.size() - 2]);
  const std::string word = lower_case(text);
  std::string_view rest = word;
  std::size_t digits = 0;
  while (digits < rest.size() && is_digit(rest[digits])) ++digits;

  std::optional<std::int64_t> count = 1;
  std::string_view unit_word = rest.substr(digits);
  if (digits > 0) {
    count = count_in(rest.substr(0, digits));
    while (unit_word.starts_with(' ')) unit_word.remove_prefix(1);
  } else if (const std::size_t at = rest.find_first_of("0123456789"); at != std::string_view::npos) {
    if (!is_metatrader_unit(rest.substr(0, at))) return std::nullopt;
    count = count_in(rest.substr(at));
    unit_word = rest.substr(0, at);
  } else if (rest.size() <= 2) {
    return std::nullopt;  // a bare `m` or `mo` says a unit, not a timeframe
  }
  const std::optional<Timeframe> unit = is_capital_month ? Timeframe{0, 1} : unit_named(unit_word);
  if (!count || !unit) return std::nullopt;
  return Timeframe{unit->nanoseconds * *count, static_cast<int>(unit->months * *count)};
}

TimeframeEstimate infer_timeframe(std::span<const TimestampNs> stamps) {
  TimeframeEstimate estimate;
  const StepTotals all_steps = total_steps(stamps, std::numeric_limits<std::int64_t>::max());
  const std::int64_t step_count = all_steps.count;
  if (step_count == 0) return estimate;
  estimate.bars_per_year = per_year(all_steps);
  if (step_count < 2) return estimate;

  const auto class_at = [stamps](std::int64_t i) {
    const auto row = static_cast<std::size_t>(i);
    return class_of(stamps[row + 1] - stamps[row]);
  };
  for (const FrequentValue& step :
       find_frequent_values<8>(static_cast<std::int64_t>(stamps.size()) - 1, class_at)) {
    if (step.value == kNoStep) continue;
    if (step.count * 3 < step_count) break;  // the most frequent spacing is too rare to be the timeframe
    estimate.timeframe =
        step.value > 0 ? Timeframe{step.value, 0} : month_or_days(stamps, static_cast<int>(-step.value));
    estimate.matching_share = static_cast<double>(step.count) / static_cast<double>(step_count);
    estimate.bars_per_year = measured_bars_per_year(stamps, estimate.timeframe);
    break;
  }
  return estimate;
}

}  // namespace regimetry::market
