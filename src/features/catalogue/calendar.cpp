// Calendar: where in the year, week and day a bar stands, in UTC.
#include "features/catalogue/calendar.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "features/catalogue/turn_sine.hpp"

namespace regimetry::features {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

// A whole number read off a stamp of UTC seconds since 1970.
using CalendarNumber = std::int64_t (*)(std::int64_t seconds);

CivilTime civil_of(std::int64_t seconds) {
  return to_civil(seconds * kNsPerSecond);
}
std::int64_t second_of_day(std::int64_t seconds) {
  const std::int64_t rest = seconds % kSecondsPerDay;
  return rest < 0 ? rest + kSecondsPerDay : rest;
}

std::int64_t year(std::int64_t seconds) {
  return civil_of(seconds).year;
}
std::int64_t month(std::int64_t seconds) {
  return civil_of(seconds).month;
}
std::int64_t quarter(std::int64_t seconds) {
  return (month(seconds) + 2) / 3;
}
std::int64_t day_of_month(std::int64_t seconds) {
  return civil_of(seconds).day;
}
std::int64_t day_of_week(std::int64_t seconds) {
  return weekday(seconds * kNsPerSecond) + 1;
}
std::int64_t hour(std::int64_t seconds) {
  return second_of_day(seconds) / 3600;
}
std::int64_t minute_of_day(std::int64_t seconds) {
  return second_of_day(seconds) / 60;
}

std::int64_t days_of_year(int year) {
  return is_valid_date(year, 2, 29) ? 366 : 365;
}

// A week belongs to the year that its Thursday lies in.
std::int64_t week_of_year(std::int64_t seconds) {
  const CivilTime civil = civil_of(seconds);
  const std::int64_t day_of_year =
      days_from_civil(civil.year, civil.month, civil.day) - days_from_civil(civil.year, 1, 1);
  const std::int64_t thursday = day_of_year + 4 - day_of_week(seconds);
  if (thursday >= days_of_year(civil.year)) return 1;
  return (thursday < 0 ? thursday + days_of_year(civil.year - 1) : thursday) / 7 + 1;
}

std::int64_t whole_seconds(double utc_seconds) {
  return static_cast<std::int64_t>(std::floor(utc_seconds));
}

FeatureEntry calendar_entry(std::string name, std::string meaning, std::string formula, std::string unit,
                            std::string range) {
  return {.name = std::move(name),
          .group = "calendar",
          .meaning = std::move(meaning),
          .formula = std::move(formula),
          .unit = std::move(unit),
          .range = std::move(range),
          .scale = FeatureScale::kStationary,
          .input = FeatureInput::kBars,
          .parameters = {},
          .problem = {},
          .build = {}};
}

template <CalendarNumber kNumber>
FeatureEntry calendar_number(std::string name, std::string meaning, std::string unit, std::string range) {
  FeatureEntry entry = calendar_entry(std::move(name), std::move(meaning),
                                      "read off the bar's stamp in UTC (Gregorian calendar)", std::move(unit),
                                      std::move(range));
  entry.build = [name = entry.name](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
    return graph.map("calendar " + name, graph.time(), [](double utc_seconds) {
      return static_cast<double>(kNumber(whole_seconds(utc_seconds)));
    });
  };
  return entry;
}

using TurnFunction = double (*)(std::int64_t, std::int64_t);

std::vector<double> circle_of(std::int64_t steps, TurnFunction turn) {
  std::vector<double> circle;
  for (std::int64_t step = 0; step < steps; ++step) circle.push_back(turn(step, steps));
  return circle;
}

// The number as a place on a circle of so many steps, the first of which is kFirst.
template <CalendarNumber kNumber, std::int64_t kFirst, std::int64_t kSteps, TurnFunction kTurn>
FeatureEntry cyclic(std::string name, std::string meaning, std::string formula) {
  FeatureEntry entry =
      calendar_entry(std::move(name), std::move(meaning), std::move(formula), "none", "[-1, 1]");
  entry.build = [name = entry.name](SeriesGraph& graph, const FeatureArguments& /*arguments*/) {
    return graph.map("calendar " + name, graph.time(), [](double utc_seconds) {
      static const std::vector<double> circle = circle_of(kSteps, kTurn);
      return circle[static_cast<std::size_t>(kNumber(whole_seconds(utc_seconds)) - kFirst)];
    });
  };
  return entry;
}

FeatureEntry calendar_year() {
  FeatureEntry entry = calendar_number<year>("year", "Calendar year: only ever grows.", "year", "any");
  entry.scale = FeatureScale::kLevel;
  return entry;
}

}  // namespace

std::vector<FeatureEntry> calendar_features() {
  return {calendar_year(),
          calendar_number<quarter>("quarter", "Quarter of the year.", "quarter", "[1, 4]"),
          calendar_number<month>("month", "Month of the year.", "month", "[1, 12]"),
          calendar_number<week_of_year>("week_of_year",
                                        "Week of the year as in ISO 8601: week 1 holds the first Thursday.",
                                        "week", "[1, 53]"),
          calendar_number<day_of_month>("day_of_month", "Day of the month.", "day", "[1, 31]"),
          calendar_number<day_of_week>("day_of_week", "Day of the week, Monday first.", "day", "[1, 7]"),
          calendar_number<hour>("hour", "Hour of the day.", "hour", "[0, 23]"),
          calendar_number<minute_of_day>("minute_of_day", "Minute of the day.", "minute", "[0, 1439]"),
          cyclic<month, 1, 12, sine_of_turn>("month_sine",
                                             "Place in the year, so that December is next to January.",
                                             "sin(2 pi (month - 1) / 12)"),
          cyclic<month, 1, 12, cosine_of_turn>("month_cosine",
                                               "Place in the year, the other coordinate of the circle.",
                                               "cos(2 pi (month - 1) / 12)"),
          cyclic<day_of_week, 1, 7, sine_of_turn>("day_of_week_sine",
                                                  "Place in the week, so that Sunday is next to Monday.",
                                                  "sin(2 pi (day_of_week - 1) / 7)"),
          cyclic<day_of_week, 1, 7, cosine_of_turn>("day_of_week_cosine",
                                                    "Place in the week, the other coordinate of the circle.",
                                                    "cos(2 pi (day_of_week - 1) / 7)"),
          cyclic<minute_of_day, 0, 1440, sine_of_turn>(
              "hour_sine", "Place in the day, so that the last minute is next to the first.",
              "sin(2 pi minute_of_day / 1440)"),
          cyclic<minute_of_day, 0, 1440, cosine_of_turn>(
              "hour_cosine", "Place in the day, the other coordinate of the circle.",
              "cos(2 pi minute_of_day / 1440)")};
}

}  // namespace regimetry::features
