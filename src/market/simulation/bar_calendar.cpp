#include "market/simulation/bar_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/error.hpp"
#include "market/simulation/caught_problem.hpp"
#include "market/time_zone.hpp"

namespace regimetry::market {
namespace {

// Leaves room for adding a bar's length without overflow.
constexpr TimestampNs kLastStamp = std::numeric_limits<TimestampNs>::max() - 400 * kNsPerDay;

struct Session {
  std::int64_t open = 0, close = 0;  // since local midnight
  TimeZone zone = TimeZone::utc();
};

std::int64_t parse_clock(const std::string& text, const char* flag) {
  const bool has_shape =
      text.size() == 5 && text[2] == ':' &&
      std::all_of(text.begin(), text.end(), [](char c) { return c == ':' || (c >= '0' && c <= '9'); });
  const int hour = has_shape ? (text[0] - '0') * 10 + (text[1] - '0') : 99;
  const int minute = has_shape ? (text[3] - '0') * 10 + (text[4] - '0') : 99;
  const bool is_valid = (hour <= 23 && minute <= 59) || (hour == 24 && minute == 0);
  if (!is_valid)
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: '{}' is not a time of day; write HH:MM, as in 09:30", flag, text));
  return hour * kNsPerHour + minute * kNsPerMinute;
}

TimeZone parse_zone(const std::string& text) {
  try {
    return TimeZone::parse(text);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("--session-zone: {}", error.what()));
  }
}

Session parse_session(const CalendarOptions& options, Timeframe timeframe) {
  Session session{parse_clock(options.session_open, "--session-open"),
                  parse_clock(options.session_close, "--session-close"), parse_zone(options.time_zone)};
  if (session.close <= session.open) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("--session-close {} is not after --session-open {}; sessions over midnight are not "
                    "supported, use --calendar 24x7",
                    options.session_close, options.session_open));
  }
  if (timeframe.nanoseconds > session.close - session.open) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("--timeframe {} is longer than the session {} to {}; lengthen the session, or use "
                    "--timeframe 1d",
                    timeframe.name(), options.session_open, options.session_close));
  }
  return session;
}

CalendarKind resolve_kind(const CalendarOptions& options, Timeframe timeframe) {
  const bool is_intraday = timeframe.months == 0 && timeframe.nanoseconds < kNsPerDay;
  CalendarKind kind = options.kind;
  if (kind == CalendarKind::kAuto) kind = is_intraday ? CalendarKind::kSession : CalendarKind::kBusiness;
  if (kind == CalendarKind::kSession && !is_intraday) {
    throw Error(ErrorKind::kUsage,
                fmt::format("--calendar session needs bars shorter than a day, not --timeframe {}; use "
                            "--calendar business",
                            timeframe.name()));
  }
  if (kind == CalendarKind::kBusiness && is_intraday) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("--calendar business has no hours for --timeframe {}; use --calendar session or 24x7",
                    timeframe.name()));
  }
  const bool is_whole = timeframe.months > 0 || timeframe.nanoseconds == kNsPerDay ||
                        timeframe.nanoseconds == 7 * kNsPerDay ||
                        (is_intraday && timeframe.nanoseconds > 0 && kNsPerDay % timeframe.nanoseconds == 0);
  if (!is_whole) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("--timeframe {} cannot be simulated; use one that divides a day (1m, 5m, 1h, 4h, ...), "
                    "1d, 1w or months (1mo)",
                    timeframe.name()));
  }
  return kind;
}

TimestampNs parse_start(const std::string& text) {
  const std::optional<TimestampNs> start = parse_iso_timestamp(text);
  if (!start)
    throw Error(ErrorKind::kUsage, fmt::format("--start '{}' is not a date; write it as 2000-01-03", text));
  // Leaves room for stepping back a day.
  if (to_civil(*start).year < 1678)
    throw Error(ErrorKind::kUsage, fmt::format("--start {} is before 1678, where stamps begin", text));
  return *start;
}

TimestampNs floor_to(TimestampNs stamp, std::int64_t step) {
  const TimestampNs remainder = stamp % step;
  return stamp - (remainder < 0 ? remainder + step : remainder);
}

TimestampNs ceil_to(TimestampNs stamp, std::int64_t step) {
  const TimestampNs floor = floor_to(stamp, step);
  return floor == stamp ? floor : floor + step;
}

[[noreturn]] void fail_past_end(std::int64_t bar_count, Timeframe timeframe) {
  throw Error(
      ErrorKind::kUsage,
      fmt::format("{} bars of {} reach past the year 2262, where stamps end; ask for fewer --bars, a shorter "
                  "--timeframe (and --calendar 24x7), or an earlier --start",
                  bar_count, timeframe.name()));
}

// Calls next(stamp) for the stamp after each; checks the end of time.
template <typename Next>
std::vector<TimestampNs> collect(TimestampNs first, std::int64_t bar_count, Timeframe timeframe,
                                 const Next& next) {
  std::vector<TimestampNs> stamps;
  stamps.reserve(static_cast<std::size_t>(bar_count));
  for (TimestampNs stamp = first; static_cast<std::int64_t>(stamps.size()) < bar_count; stamp = next(stamp)) {
    if (stamp > kLastStamp) fail_past_end(bar_count, timeframe);
    stamps.push_back(stamp);
  }
  return stamps;
}

TimestampNs next_business_day(TimestampNs midnight) {
  const int day = weekday(midnight);
  return midnight + (day == 4 ? 3 : day == 5 ? 2 : 1) * kNsPerDay;
}

TimestampNs first_business_day(TimestampNs start) {
  const TimestampNs midnight = ceil_to(start, kNsPerDay);
  return weekday(midnight) >= 5 ? next_business_day(midnight) : midnight;
}

std::vector<TimestampNs> month_stamps(TimestampNs start, std::int64_t bar_count, Timeframe timeframe) {
  CivilTime civil = to_civil(start);
  const auto first_of_month = [&] { return days_from_civil(civil.year, civil.month, 1); };
  const auto add_months = [&](int months) {
    civil.month += months;
    civil.year += (civil.month - 1) / 12;
    civil.month = (civil.month - 1) % 12 + 1;
  };
  if (first_of_month() * kNsPerDay < start) add_months(1);
  return collect(first_of_month() * kNsPerDay, bar_count, timeframe, [&](TimestampNs) {
    add_months(timeframe.months);
    // A year past the range must not overflow before collect() sees it.
    return civil.year > 2262 ? std::numeric_limits<TimestampNs>::max() : first_of_month() * kNsPerDay;
  });
}

std::vector<TimestampNs> session_stamps(const Session& session, TimestampNs start, Timeframe timeframe,
                                        std::int64_t bar_count) {
  const std::int64_t length = session.close - session.open;
  const std::int64_t bars_per_day = (length + timeframe.nanoseconds - 1) / timeframe.nanoseconds;
  std::vector<TimestampNs> stamps;
  stamps.reserve(static_cast<std::size_t>(bar_count));
  // A session is dated by its local day; the day before `start` may still open after it in another zone.
  TimestampNs day = first_business_day(floor_to(start, kNsPerDay) - kNsPerDay);
  for (; static_cast<std::int64_t>(stamps.size()) < bar_count; day = next_business_day(day)) {
    if (day > kLastStamp) fail_past_end(bar_count, timeframe);
    const TimestampNs opening = session.zone.to_utc(day + session.open).earlier;
    if (opening < start) continue;
    for (std::int64_t slot = 0; slot < bars_per_day && static_cast<std::int64_t>(stamps.size()) < bar_count;
         ++slot) {
      stamps.push_back(opening + slot * timeframe.nanoseconds);
    }
  }
  return stamps;
}

// A session's slots: U-shaped variance in proportion to the length of each slot (the last may be cut short),
// plus the night before the first.
void set_session_profile(BarCalendar& calendar, const CalendarOptions& options, const Session& session,
                         Timeframe timeframe) {
  const double length = static_cast<double>(session.close - session.open);
  const double step = static_cast<double>(timeframe.nanoseconds);
  const auto slots = static_cast<std::size_t>(std::ceil(length / step));
  const double seasonality = options.intraday_seasonality.value_or(CalendarOptions::kUsualSeasonality);
  std::vector<double> weights(slots);
  double sum = 0;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const double begin = static_cast<double>(slot) * step, end = std::min(length, begin + step);
    const double centre = 0.5 * (begin + end) / length - 0.5;  // -1/2 .. 1/2 across the session
    weights[slot] = (end - begin) * (1 + seasonality * (12 * centre * centre - 1));
    sum += weights[slot];
  }
  const double night =
      options.overnight_share * static_cast<double>(slots);  // in variances of the average bar
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const double shape = weights[slot] / sum * static_cast<double>(slots);  // averages to 1
    const double variance = (1 - options.overnight_share) * shape + (slot == 0 ? night : 0);
    calendar.sd_multipliers.push_back(std::sqrt(variance));
    calendar.volume_multipliers.push_back(shape);
    if (options.overnight_share > 0) calendar.gap_shares.push_back(slot == 0 ? night / variance : 0);
  }
}

// Stamps of bars that know no sessions.
std::vector<TimestampNs> continuous_stamps(CalendarKind kind, TimestampNs start, Timeframe timeframe,
                                           std::int64_t bar_count) {
  const std::int64_t step = timeframe.nanoseconds;
  const auto add_step = [step](TimestampNs stamp) { return stamp + step; };
  if (timeframe.months > 0) return month_stamps(start, bar_count, timeframe);
  if (step == 7 * kNsPerDay) {
    const TimestampNs midnight = ceil_to(start, kNsPerDay);
    const TimestampNs monday = midnight + (7 - weekday(midnight)) % 7 * kNsPerDay;
    return collect(monday, bar_count, timeframe, add_step);
  }
  if (kind == CalendarKind::kBusiness)
    return collect(first_business_day(start), bar_count, timeframe, next_business_day);
  return collect(ceil_to(start, step), bar_count, timeframe, add_step);
}

// Throws when the bars leave the years of stamps; a billion bars are judged without making a billion stamps.
void check_end(const CalendarOptions& options, CalendarKind kind, Timeframe timeframe,
               std::int64_t bar_count) {
  constexpr std::int64_t kMoreDaysThanThereAre = 250'000;  // 1678 to 2262 are 214,000
  const TimestampNs start = parse_start(options.start);
  if (kind == CalendarKind::kSession) {
    const Session session = parse_session(options, timeframe);
    const std::int64_t length = session.close - session.open;
    const std::int64_t bars_per_day = (length + timeframe.nanoseconds - 1) / timeframe.nanoseconds;
    const std::int64_t days = (bar_count + bars_per_day - 1) / bars_per_day;
    const Timeframe whole_session{.nanoseconds = length, .months = 0};
    if (days > kMoreDaysThanThereAre) fail_past_end(bar_count, timeframe);
    static_cast<void>(session_stamps(session, start, whole_session, days));
  } else if (timeframe.months == 0 && timeframe.nanoseconds < kNsPerDay) {
    // As unsigned numbers, because the distance from a start before 1970 can be too large for a signed one.
    const auto room = static_cast<std::uint64_t>(kLastStamp) -
                      static_cast<std::uint64_t>(ceil_to(start, timeframe.nanoseconds));
    if (room / static_cast<std::uint64_t>(timeframe.nanoseconds) < static_cast<std::uint64_t>(bar_count - 1))
      fail_past_end(bar_count, timeframe);
  } else {
    if (bar_count > kMoreDaysThanThereAre) fail_past_end(bar_count, timeframe);
    static_cast<void>(continuous_stamps(kind, start, timeframe, bar_count));
  }
}

void check_share(std::vector<std::string>& problems, const char* flag, double share) {
  if (!(share >= 0 && share < 1)) problems.push_back(fmt::format("{} {} is outside [0, 1)", flag, share));
}

// Options that this calendar would leave without effect: nobody shall believe that they were applied.
void check_effect(std::vector<std::string>& problems, const CalendarOptions& options, CalendarKind kind,
                  Timeframe timeframe) {
  const bool is_session = kind == CalendarKind::kSession;
  const bool is_business_day = kind == CalendarKind::kBusiness && timeframe.nanoseconds == kNsPerDay;
  const std::string bars =
      fmt::format("--timeframe {} on --calendar {}", timeframe.name(), calendar_name(kind));
  if (options.overnight_share > 0 && !is_session && !is_business_day) {
    problems.push_back(fmt::format(
        "--overnight-share {}: {} has no nights between its bars; use daily bars on business days "
        "or sessions, or leave it out",
        options.overnight_share, bars));
  }
  if (options.intraday_seasonality.value_or(0) > 0 && !is_session) {
    problems.push_back(fmt::format(
        "--intraday-seasonality {}: {} has no sessions; use bars shorter than a day and --calendar "
        "session, or leave it out",
        *options.intraday_seasonality, bars));
  }
}

}  // namespace

std::string calendar_name(CalendarKind kind) {
  switch (kind) {
    case CalendarKind::kAuto:
      return "auto";
    case CalendarKind::kBusiness:
      return "business";
    case CalendarKind::kSession:
      return "session";
    case CalendarKind::kAlways:
      break;
  }
  return "24x7";
}

double trading_days_per_bar(const CalendarOptions& options, Timeframe timeframe) {
  const CalendarKind kind = resolve_kind(options, timeframe);
  const bool is_always = kind == CalendarKind::kAlways;
  if (timeframe.months > 0) return timeframe.months * (is_always ? 30.0 : 20.0);
  if (timeframe.nanoseconds == 7 * kNsPerDay) return is_always ? 7 : 5;
  if (kind != CalendarKind::kSession)
    return static_cast<double>(timeframe.nanoseconds) / static_cast<double>(kNsPerDay);
  const Session session = parse_session(options, timeframe);
  return 1 / std::ceil(static_cast<double>(session.close - session.open) /
                       static_cast<double>(timeframe.nanoseconds));
}

std::vector<std::string> CalendarOptions::problems(std::optional<Timeframe> timeframe,
                                                   std::int64_t bar_count) const {
  std::vector<std::string> problems;
  passes(problems, [&] { static_cast<void>(parse_start(start)); });
  const bool has_open = passes(problems, [&] { parse_clock(session_open, "--session-open"); });
  const bool has_close = passes(problems, [&] { parse_clock(session_close, "--session-close"); });
  check_share(problems, "--intraday-seasonality", intraday_seasonality.value_or(0));
  check_share(problems, "--overnight-share", overnight_share);
  CalendarKind resolved = kind;
  const bool has_kind = timeframe && passes(problems, [&] { resolved = resolve_kind(*this, *timeframe); });
  // The usual zone is looked up only where sessions need it: daily bars do not hang on a zone database.
  bool has_zone = true;
  if (resolved == CalendarKind::kSession || time_zone != CalendarOptions().time_zone)
    has_zone = passes(problems, [&] { static_cast<void>(parse_zone(time_zone)); });
  if (!has_kind) return problems;
  if (resolved == CalendarKind::kSession && has_open && has_close && has_zone)
    passes(problems, [&] { static_cast<void>(parse_session(*this, *timeframe)); });
  check_effect(problems, *this, resolved, *timeframe);
  if (problems.empty()) passes(problems, [&] { check_end(*this, resolved, *timeframe, bar_count); });
  return problems;
}

BarCalendar make_calendar(const CalendarOptions& options, Timeframe timeframe, std::int64_t bar_count) {
  const std::vector<std::string> problems = options.problems(timeframe, bar_count);
  if (!problems.empty()) throw Error(ErrorKind::kUsage, fmt::format("{}", fmt::join(problems, "; ")));
  BarCalendar calendar;
  calendar.kind = resolve_kind(options, timeframe);
  calendar.trading_days_per_bar = trading_days_per_bar(options, timeframe);
  const TimestampNs start = parse_start(options.start);
  if (calendar.kind == CalendarKind::kSession) {
    const Session session = parse_session(options, timeframe);
    calendar.stamps = session_stamps(session, start, timeframe, bar_count);
    set_session_profile(calendar, options, session, timeframe);
    return calendar;
  }
  calendar.sd_multipliers = calendar.volume_multipliers = {1.0};
  calendar.stamps = continuous_stamps(calendar.kind, start, timeframe, bar_count);
  if (options.overnight_share > 0) calendar.gap_shares = {options.overnight_share};
  return calendar;
}

}  // namespace regimetry::market
