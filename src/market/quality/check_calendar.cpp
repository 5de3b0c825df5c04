// Gaps against the instrument's own calendar.
//
// No exchange calendar is needed: a bar is missed at a moment when both the week before and the week after
// have a bar at the same weekday and time. So nights, weekends, half-year daylight saving, Saturday trading
// of the 1930s and a schedule that changed in between are all learned from the data around the step in
// question, and only there.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "market/frequent_values.hpp"
#include "market/quality/checks.hpp"

namespace regimetry::market {
namespace {

constexpr std::int64_t kWeek = 7 * kNsPerDay;
// A market with this share of its bars on Saturdays never closes (a seventh if it has them all).
constexpr double kOpenOnSaturdays = 0.1;
// A weekday on which this share of all weeks has a bar is a trading day.
constexpr double kUsualWeekdayShare = 0.75;
constexpr std::int64_t kFewBars =
    2;  // that many missing bars are a holiday, or minutes in which nothing traded
constexpr double kFewSessions = 2.2;  // and so are that many whole sessions
constexpr double kLongestHolidayDays = 4.5;

enum class GapKind { kNone, kMissingBars, kClosedSession, kGap };

struct Calendar {
  std::int64_t spacing = 0;                // of bars; months as their mean length
  bool is_always_open = false;             // seven days a week
  double bars_per_session = 1;             // mean over the days that have bars
  std::array<bool, 7> is_usual_weekday{};  // Monday first; most weeks of the whole history have a bar on it
};

struct Step {
  std::int64_t row = 0;  // of the bar after it
  TimestampNs from = 0, to = 0;
  [[nodiscard]] std::int64_t length() const { return to - from; }
};

std::array<bool, 7> usual_weekdays(const std::vector<TimestampNs>& stamps) {
  std::array<std::int64_t, 7> days{};  // with bars, by weekday
  std::int64_t day_end = std::numeric_limits<std::int64_t>::min();
  for (const TimestampNs stamp : stamps) {
    if (stamp < day_end) continue;
    ++days[static_cast<std::size_t>(weekday(stamp))];
    day_end = stamp - (stamp % kNsPerDay + kNsPerDay) % kNsPerDay + kNsPerDay;
  }
  const double weeks = static_cast<double>(stamps.back() - stamps.front()) / static_cast<double>(kWeek);
  std::array<bool, 7> is_usual{};
  for (std::size_t i = 0; i < days.size(); ++i)
    is_usual[i] = static_cast<double>(days[i]) > kUsualWeekdayShare * weeks;
  return is_usual;
}

Calendar learn_calendar(const Bars& bars) {
  Calendar calendar;
  constexpr double kMonthDays = 365.25 / 12;
  calendar.spacing =
      bars.timeframe.months > 0
          ? static_cast<std::int64_t>(bars.timeframe.months * kMonthDays * static_cast<double>(kNsPerDay))
          : bars.timeframe.nanoseconds;
  // Days change rarely, so the division is done once per day and not once per bar.
  std::int64_t day_begin = 0, day_end = 0, days = 0, saturday_bars = 0;
  bool is_saturday = false;
  for (const TimestampNs stamp : bars.timestamps) {
    if (stamp < day_begin || stamp >= day_end) {
      std::int64_t day = stamp / kNsPerDay;
      if (stamp % kNsPerDay < 0) --day;
      day_begin = day * kNsPerDay;
      day_end = day_begin + kNsPerDay;
      is_saturday = weekday(stamp) == 5;
      ++days;
    }
    saturday_bars += static_cast<std::int64_t>(is_saturday);
  }
  const auto bar_count = static_cast<double>(bars.size());
  calendar.is_always_open = static_cast<double>(saturday_bars) > kOpenOnSaturdays * bar_count;
  calendar.is_usual_weekday = usual_weekdays(bars.timestamps);
  calendar.bars_per_session = bar_count / static_cast<double>(std::max<std::int64_t>(days, 1));
  return calendar;
}

// Counts bars strictly inside an interval of time. Weeks before and after a row are near it, so the search
// starts there.
class BarCounter {
 public:
  explicit BarCounter(const std::vector<TimestampNs>& stamps) : stamps_(stamps) {}
  void start_from(std::int64_t row) { start_ = row; }
  [[nodiscard]] std::int64_t count_between(TimestampNs after, TimestampNs before) const {
    return after >= before ? 0 : first_row_at_or_after(before) - first_row_at_or_after(after + 1);
  }
  // Bars of `shift` earlier that `shift` later has too, within `margin`.
  [[nodiscard]] std::int64_t count_matching(TimestampNs after, TimestampNs before, std::int64_t shift,
                                            std::int64_t margin) const {
    if (after >= before) return 0;
    std::int64_t early = first_row_at_or_after(after - shift + 1),
                 late = first_row_at_or_after(after + shift + 1);
    std::int64_t matching = 0;
    while (early < size() && late < size() && stamp(early) < before - shift && stamp(late) < before + shift) {
      const std::int64_t ahead = (stamp(late) - shift) - (stamp(early) + shift);
      if (std::abs(ahead) <= margin) {
        ++matching, ++early, ++late;
      } else {
        ++(ahead > 0 ? early : late);
      }
    }
    return matching;
  }
  [[nodiscard]] bool has_data(TimestampNs from, TimestampNs to) const {
    return from >= stamps_.front() && to <= stamps_.back();
  }

 private:
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(stamps_.size()); }
  [[nodiscard]] TimestampNs stamp(std::int64_t row) const { return stamps_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] std::int64_t first_row_at_or_after(TimestampNs moment) const {
    const auto is_before = [&](std::int64_t row) { return this->stamp(row) < moment; };
    std::int64_t low = start_, high = start_;  // grown until low is before the stamp and high is not
    for (std::int64_t reach = 4; low > 0 && !is_before(low); reach *= 2) {
      high = low;
      low = std::max<std::int64_t>(0, low - reach);
    }
    for (std::int64_t reach = 4; high < size() && is_before(high); reach *= 2) {
      low = high;
      high = std::min(size(), high + reach);
    }
    return std::lower_bound(stamps_.begin() + low, stamps_.begin() + high, moment) - stamps_.begin();
  }

  const std::vector<TimestampNs>& stamps_;
  std::int64_t start_ = 0;
};

// How many bars are usual between `from` and `to`: those that stand there at the same time both `shift`
// earlier and `shift` later. A time that only one of the two has is not usual: daylight saving moved it, or
// the schedule changed. Where the data covers one side only, that one decides; nothing when it covers
// neither.
std::optional<std::int64_t> usual_bars(const BarCounter& counter, const Calendar& calendar, TimestampNs from,
                                       TimestampNs to, std::int64_t shift) {
  // Half a spacing at both ends keeps the bars at the ends themselves out, and stamps an hour off (daylight
  // saving) in.
  const std::int64_t margin = calendar.spacing / 2;
  const TimestampNs begin = from + margin, end = to - margin;
  const bool has_before = counter.has_data(from - shift, to - shift),
             has_after = counter.has_data(from + shift, to + shift);
  if (has_before && has_after) return counter.count_matching(begin, end, shift, margin);
  if (has_before) return counter.count_between(begin - shift, end - shift);
  if (has_after) return counter.count_between(begin + shift, end + shift);
  return std::nullopt;
}

// With a few days of data only: the busier of the days before and after, because one of them may be a Sunday.
std::int64_t usual_bars_of_days(const BarCounter& counter, const Calendar& calendar, const Step& step,
                                std::int64_t shift) {
  const TimestampNs begin = step.from + calendar.spacing / 2, end = step.to - calendar.spacing / 2;
  return std::max(counter.count_between(begin - shift, end - shift),
                  counter.count_between(begin + shift, end + shift));
}

std::int64_t shift_beyond(std::int64_t length, std::int64_t unit) {
  return (length + unit - 1) / unit * unit;
}

bool is_shorter_than_a_long_weekend(const Step& step) {
  return static_cast<double>(step.length()) < kLongestHolidayDays * static_cast<double>(kNsPerDay);
}

bool covers_saturday(const Step& step) {
  for (TimestampNs at = step.from; at < step.to; at += kNsPerDay / 2) {
    if (weekday(at) == 5) return true;
  }
  return false;
}

// Days of the usual weekdays between two daily bars. Needed where bars are missing so often that the weeks
// around miss them too and the local calendar learns the holes.
std::int64_t usual_weekdays_between(const Calendar& calendar, const Step& step) {
  std::int64_t count = 0;
  for (TimestampNs at = step.from + kNsPerDay; at < step.to - calendar.spacing / 2; at += kNsPerDay) {
    count += calendar.is_usual_weekday[static_cast<std::size_t>(weekday(at))] ? 1 : 0;
  }
  return count;
}

// How many bars are missing between two bars.
std::int64_t missing_bars(const BarCounter& counter, const Calendar& calendar, const Step& step) {
  const std::int64_t by_spacing = (step.length() + calendar.spacing / 2) / calendar.spacing - 1;
  if (calendar.spacing >= kWeek) return by_spacing;  // weeks and months have no closed times
  if (const auto usual =
          usual_bars(counter, calendar, step.from, step.to, shift_beyond(step.length(), kWeek))) {
    return calendar.spacing == kNsPerDay ? std::max(*usual, usual_weekdays_between(calendar, step)) : *usual;
  }
  // Less than two weeks of data around the step: the days beside it must do, and a weekend is taken for one.
  const bool is_weekend =
      !calendar.is_always_open && is_shorter_than_a_long_weekend(step) && covers_saturday(step);
  if (is_weekend) return 0;
  if (calendar.spacing >= kNsPerDay) return by_spacing;
  return usual_bars_of_days(counter, calendar, step, shift_beyond(step.length(), kNsPerDay));
}

// Every currency market closes on these two days.
bool holds_christmas_or_new_year(const Step& step) {
  for (TimestampNs at = step.from; at < step.to; at += kNsPerHour) {
    const CivilTime civil = to_civil(at);
    if ((civil.month == 12 && civil.day == 25) || (civil.month == 1 && civil.day == 1)) return true;
  }
  return false;
}

// Intraday steps with many bars missing: whole sessions (a holiday), the end or the beginning of one (a half
// day), or a hole in the middle of trading.
GapKind kind_of_intraday(const BarCounter& counter, const Calendar& calendar, const Step& step,
                         std::int64_t missing) {
  const std::int64_t shift = shift_beyond(step.length(), kWeek);
  const std::int64_t edge = 2 * calendar.spacing;
  const bool begins_open = usual_bars(counter, calendar, step.from, step.from + edge, shift).value_or(1) > 0;
  const bool ends_open = usual_bars(counter, calendar, step.to - edge, step.to, shift).value_or(1) > 0;
  const double sessions = static_cast<double>(missing) / calendar.bars_per_session;
  if (!begins_open || !ends_open) return sessions <= kFewSessions ? GapKind::kClosedSession : GapKind::kGap;
  return is_shorter_than_a_long_weekend(step) && holds_christmas_or_new_year(step) ? GapKind::kClosedSession
                                                                                   : GapKind::kGap;
}

GapKind kind_of(const BarCounter& counter, const Calendar& calendar, const Step& step, std::int64_t missing) {
  if (missing <= 0) return GapKind::kNone;
  if (calendar.is_always_open) return GapKind::kGap;
  if (missing <= kFewBars) return GapKind::kMissingBars;
  if (calendar.spacing >= kNsPerDay) return GapKind::kGap;
  return kind_of_intraday(counter, calendar, step, missing);
}

struct GapTally {
  Tally tally;
  std::int64_t missing_total = 0;
  std::int64_t first_missing = 0, worst_missing = 0;
  void add(std::int64_t row, std::int64_t missing) {
    tally.add(row, static_cast<double>(missing));
    missing_total += missing;
    if (tally.first_row == row) first_missing = missing;
    if (tally.worst_row == row) worst_missing = missing;
  }
};

std::string missing_words(std::int64_t count) {
  return fmt::format("{} {} missing", count, count == 1 ? "bar" : "bars");
}

CheckWords gap_words(GapKind kind, std::int64_t missing_total) {
  const auto title = [&](std::string_view text) {
    return fmt::format("{} ({})", text, missing_words(missing_total));
  };
  switch (kind) {
    case GapKind::kMissingBars:
      return {"missing_bars", title("single bars missing"), Severity::kInfo,
              "Holidays, or times in which nothing traded; usually nothing to do."};
    case GapKind::kClosedSession:
      return {"closed_session", title("sessions missing or shorter than usual"), Severity::kInfo,
              "Holidays and half days; usually nothing to do."};
    case GapKind::kNone:
    case GapKind::kGap:
      break;
  }
  return {"gap", title("gaps in the instrument's own calendar"), Severity::kWarning,
          "Load the missing time again, or keep windows from reaching across: a return over a gap is not one "
          "bar's."};
}

Findings find_gaps(const CheckedBars& ordered) {
  const Bars& bars = ordered.bars;
  if (!bars.timeframe.is_known() || bars.size() < 3) return {};
  const Calendar calendar = learn_calendar(bars);
  BarCounter counter(bars.timestamps);
  const auto longest_plain_step =
      static_cast<std::int64_t>(ordered.options.gap_factor * static_cast<double>(calendar.spacing));
  std::array<GapTally, 4> tallies;
  for (std::int64_t row = 1; row < bars.size(); ++row) {
    const Step step{row, bars.timestamps[static_cast<std::size_t>(row) - 1],
                    bars.timestamps[static_cast<std::size_t>(row)]};
    if (step.length() <= longest_plain_step) continue;
    counter.start_from(row);
    const std::int64_t missing = missing_bars(counter, calendar, step);
    tallies[static_cast<std::size_t>(kind_of(counter, calendar, step, missing))].add(row, missing);
  }
  Findings findings;
  for (const GapKind kind : {GapKind::kMissingBars, GapKind::kClosedSession, GapKind::kGap}) {
    const GapTally& gaps = tallies[static_cast<std::size_t>(kind)];
    if (gaps.tally.count == 0) continue;
    findings.push_back(
        make_finding(ordered, gap_words(kind, gaps.missing_total), gaps.tally, [&](std::int64_t row) {
          return fmt::format(
              "{} after {}",
              missing_words(row == gaps.tally.first_row ? gaps.first_missing : gaps.worst_missing),
              format_timestamp_short(bars.timestamps[static_cast<std::size_t>(row) - 1]));
        }));
  }
  return findings;
}

// Where stamps stand within their timeframe: hourly bars at half past, daily bars at 21:00 in summer and
// 22:00 in winter.
Findings find_off_grid_stamps(const CheckedBars& ordered) {
  const Bars& bars = ordered.bars;
  const std::int64_t spacing = bars.timeframe.nanoseconds;
  if (spacing <= 0 || spacing >= kWeek || bars.size() < 20)
    return {};  // weeks move with holidays, months have no grid
  const auto phase_of = [&](TimestampNs stamp) { return ((stamp % spacing) + spacing) % spacing; };
  // Rows are asked for in order, and most stand one spacing after the row before: then nothing needs
  // dividing.
  TimestampNs last_stamp = 0;
  std::int64_t last_phase = 0;
  const auto phase_at = [&](std::int64_t row) {
    const TimestampNs stamp = bars.timestamps[static_cast<std::size_t>(row)];
    if (row == 0 || stamp - last_stamp != spacing) last_phase = phase_of(stamp);
    last_stamp = stamp;
    return last_phase;
  };
  constexpr std::int64_t kUsualShare = 20;  // a phase that one bar in 20 has is part of the grid
  constexpr double kGridShare = 0.9;  // and without such phases for most bars there is no grid to be off
  std::vector<FrequentValue> phases = find_frequent_values<8>(bars.size(), phase_at);
  std::erase_if(phases, [&](const FrequentValue& phase) { return phase.count * kUsualShare < bars.size(); });
  std::int64_t on_grid = 0;
  for (const FrequentValue& phase : phases) on_grid += phase.count;
  if (on_grid == bars.size() || static_cast<double>(on_grid) < kGridShare * static_cast<double>(bars.size()))
    return {};
  Tally tally;
  for (std::int64_t row = 0; row < bars.size(); ++row) {
    const std::int64_t phase = phase_at(row);
    if (std::none_of(phases.begin(), phases.end(), [&](const FrequentValue& p) { return p.value == phase; }))
      tally.add(row, 0);
  }
  return {make_finding(
      ordered,
      {"off_grid_stamp", "stamps off the usual grid", Severity::kWarning,
       "Usually a bar still being built, at the end, or a clock that was changed; compare with the source."},
      tally, [&](std::int64_t row) {
        return fmt::format("{} past the {} grid; usual is {}",
                           format_duration(phase_of(bars.timestamps[static_cast<std::size_t>(row)])),
                           bars.timeframe.name(), format_duration(phases.front().value));
      })};
}

}  // namespace

Findings check_calendar(const CheckedBars& ordered) {
  Findings findings = find_gaps(ordered);
  for (QualityFinding& finding : find_off_grid_stamps(ordered)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace regimetry::market
