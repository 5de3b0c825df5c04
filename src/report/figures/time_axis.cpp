#include "report/figures/time_axis.hpp"

#include <fmt/format.h>

#include <array>

namespace regimetry::report {
namespace {

enum class Unit { kMinute, kHour, kDay, kMonth, kYear };

// Every `count` units, counted from a round place: hours from midnight, months from January.
struct Step {
  Unit unit = Unit::kYear;
  int count = 1;
};

constexpr std::array<Step, 24> kSteps = {
    {{Unit::kMinute, 1},  {Unit::kMinute, 2}, {Unit::kMinute, 5}, {Unit::kMinute, 10}, {Unit::kMinute, 15},
     {Unit::kMinute, 30}, {Unit::kHour, 1},   {Unit::kHour, 2},   {Unit::kHour, 3},    {Unit::kHour, 6},
     {Unit::kHour, 12},   {Unit::kDay, 1},    {Unit::kDay, 2},    {Unit::kDay, 7},     {Unit::kDay, 14},
     {Unit::kMonth, 1},   {Unit::kMonth, 2},  {Unit::kMonth, 3},  {Unit::kMonth, 6},   {Unit::kYear, 1},
     {Unit::kYear, 2},    {Unit::kYear, 5},   {Unit::kYear, 10},  {Unit::kYear, 20}}};
constexpr int kMondayShift = 3;  // 1970-01-01 was a Thursday: weeks begin on Mondays

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// A number that changes where a new step begins.
std::int64_t step_number(TimestampNs stamp, const Step& step) {
  switch (step.unit) {
    case Unit::kMinute:
      return floor_divide(stamp, step.count * kNsPerMinute);
    case Unit::kHour:
      return floor_divide(stamp, step.count * kNsPerHour);
    case Unit::kDay:
      return floor_divide(floor_divide(stamp, kNsPerDay) + kMondayShift, step.count);
    case Unit::kMonth:
    case Unit::kYear:
      break;
  }
  const CivilTime civil = to_civil(stamp);
  return step.unit == Unit::kMonth ? (civil.year * 12 + civil.month - 1) / step.count
                                   : civil.year / step.count;
}

// The bars where a new step begins; stops when there are more than `most`.
std::vector<std::int64_t> first_bars(std::span<const TimestampNs> stamps, const Step& step, int most) {
  std::vector<std::int64_t> bars;
  std::int64_t before = step_number(stamps[0], step);
  for (std::size_t i = 1; i < stamps.size() && static_cast<int>(bars.size()) <= most; ++i) {
    const std::int64_t now = step_number(stamps[i], step);
    if (now != before) bars.push_back(static_cast<std::int64_t>(i));
    before = now;
  }
  return bars;
}

std::string label_of(TimestampNs stamp, TimestampNs previous, Unit unit) {
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilTime civil = to_civil(stamp);
  const char* const month = kMonths[static_cast<std::size_t>(civil.month - 1)];
  if (unit == Unit::kYear) return fmt::format("{}", civil.year);
  if (unit == Unit::kMonth) return fmt::format("{} {}", month, civil.year);
  if (unit == Unit::kDay) return fmt::format("{} {} {}", civil.day, month, civil.year);
  if (floor_divide(stamp, kNsPerDay) != floor_divide(previous, kNsPerDay))
    return fmt::format("{} {}", civil.day, month);
  return fmt::format("{:02}:{:02}", civil.hour, civil.minute);
}

// Without marks that stand too near to the one kept before, as after a hole in the data.
std::vector<std::int64_t> thin_out(const std::vector<std::int64_t>& bars, double least_distance) {
  std::vector<std::int64_t> kept;
  for (const std::int64_t bar : bars) {
    if (kept.empty() || static_cast<double>(bar - kept.back()) >= least_distance) kept.push_back(bar);
  }
  return kept;
}

std::vector<TimeTick> labelled(std::span<const TimestampNs> stamps, const std::vector<std::int64_t>& bars,
                               Unit unit) {
  std::vector<TimeTick> ticks;
  TimestampNs previous = stamps[0];
  for (const std::int64_t bar : bars) {
    const TimestampNs stamp = stamps[static_cast<std::size_t>(bar)];
    ticks.push_back({bar, label_of(stamp, previous, unit)});
    previous = stamp;
  }
  return ticks;
}

}  // namespace

std::vector<TimeTick> time_ticks(std::span<const TimestampNs> stamps, int most) {
  const double least_distance = static_cast<double>(stamps.size()) / (2.0 * most);
  for (const Step& step : kSteps) {
    const std::vector<std::int64_t> bars = first_bars(stamps, step, most);
    if (bars.empty()) break;  // coarser ones change even less
    if (static_cast<int>(bars.size()) <= most)
      return labelled(stamps, thin_out(bars, least_distance), step.unit);
  }
  return {{0, format_timestamp_short(stamps[0])}};
}

}  // namespace regimetry::report
