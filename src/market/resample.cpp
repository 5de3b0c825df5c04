#include "market/resample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// Rows of the source that make one bar.
struct Group {
  std::size_t begin = 0, end = 0;
  Period period;
};

std::string time_of_day(std::int64_t ns_after_midnight) {
  const std::int64_t minutes = ns_after_midnight / kNsPerMinute;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

// ---- Which timeframes can be made of which

std::int64_t shortest_length(const Timeframe& timeframe) {
  return timeframe.months > 0 ? timeframe.months * 28 * kNsPerDay : timeframe.nanoseconds;
}

bool holds_whole_number_of(const Timeframe& to, const Timeframe& from) {
  if (from.months > 0) return to.months > 0 && to.months % from.months == 0;
  if (to.months > 0) return kNsPerDay % from.nanoseconds == 0;  // a month is a number of days, not of weeks
  return to.nanoseconds % from.nanoseconds == 0;
}

void require_possible(const Bars& bars, const Timeframe& to) {
  const Timeframe& from = bars.timeframe;
  if (!from.is_known()) return;  // ticks and the like: every stamp is a moment
  if (shortest_length(to) < shortest_length(from)) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format(
            "{}: cannot make {} bars from {} bars of {}: a bar does not say what happened within it. Choose "
            "a timeframe of {} or longer with --to.",
            bars.source, to.name(), from.name(), bars.symbol, from.name()));
  }
  if (!holds_whole_number_of(to, from)) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{}: {} is not a whole number of the {} bars of {}. Choose another timeframe with --to.",
                    bars.source, to.name(), from.name(), bars.symbol));
  }
}

// ---- When a source bar takes place

class SourceClock {
 public:
  SourceClock(const Bars& bars, const PeriodGridOptions& grid)
      : bars_(bars),
        zone_(grid.zone),
        anchor_(grid.anchor),
        is_end_(bars.stamp_meaning == StampMeaning::kBarEnd) {
    length_ = bars.timeframe.nanoseconds;
    if (bars.timeframe.months > 0) {
      PeriodGridOptions months = grid;
      months.timeframe = bars.timeframe;
      months_.emplace(std::move(months));
    }
  }

  [[nodiscard]] Period time_of(std::size_t row) const {
    const TimestampNs stamp = bars_.timestamps[row];
    if (months_) return months_->period_of(is_end_ ? stamp - 1 : stamp);
    const std::int64_t length = std::max<std::int64_t>(length_, 1);
    // A day of the session's zone is that day also when daylight saving makes it an hour longer or shorter.
    // Any other bar of a day is 24 hours long: taking it for a session's day would let an hour of the next
    // one in.
    if (length_ > 0 && length_ % kNsPerDay == 0) {
      const TimestampNs local = zone_.to_local(stamp);
      if ((local - anchor_) % kNsPerDay == 0) {
        const TimestampNs other = zone_.to_utc(is_end_ ? local - length : local + length).earlier;
        return is_end_ ? Period{other, stamp} : Period{stamp, other};
      }
    }
    return is_end_ ? Period{stamp - length, stamp} : Period{stamp, stamp + length};
  }

 private:
  const Bars& bars_;
  TimeZone zone_;
  std::int64_t anchor_;
  bool is_end_;
  std::int64_t length_ = 0;
  std::optional<PeriodGrid> months_;  // when the source bars are months, which have no fixed length
};

TimestampNs middle_of(const Period& time) {
  return time.begin + (time.end - time.begin) / 2;
}

[[noreturn]] void throw_across_boundary(const Bars& bars, std::size_t row, const Period& time,
                                        const Period& period, const PeriodGridOptions& grid) {
  const TimestampNs boundary = time.begin < period.begin ? period.begin : period.end;
  const TimestampNs local = grid.zone.to_local(time.begin);
  const std::int64_t local_time = ((local % kNsPerDay) + kNsPerDay) % kNsPerDay;
  const std::int64_t line = bars.origin.line_of(static_cast<std::int64_t>(row));
  const std::string where =
      line > 0 ? fmt::format("{}:{}", bars.source, line) : fmt::format("{}: row {}", bars.source, row + 1);
  throw Error(
      ErrorKind::kUsage,
      fmt::format(
          "{}: the {} bar of {} from {} to {} reaches across {}, where a {} bar ends. Pass --anchor {} "
          "(where "
          "this bar begins in {}), with --session-tz when its place has daylight saving (currency days: "
          "--anchor "
          "17:00 --session-tz America/New_York).",
          where, bars.timeframe.name(), bars.symbol, format_timestamp_short(time.begin),
          format_timestamp_short(time.end), format_timestamp_short(boundary), grid.timeframe.name(),
          time_of_day(local_time), grid.zone.name()));
}

std::vector<Group> group_rows(const Bars& bars, const SourceClock& clock, const PeriodGrid& grid) {
  std::vector<Group> groups;
  for (std::size_t row = 0; row < bars.timestamps.size(); ++row) {
    if (row > 0 && bars.timestamps[row] <= bars.timestamps[row - 1]) {
      throw Error(
          ErrorKind::kData,
          fmt::format(
              "{}: stamps of {} do not rise at {}. Run `regimetry ingest` first: it sorts rows and settles "
              "those that share a stamp.",
              bars.source, bars.symbol, format_timestamp(bars.timestamps[row])));
    }
    const Period time = clock.time_of(row);
    if (groups.empty() || !groups.back().period.contains(middle_of(time))) {
      if (!groups.empty()) groups.back().end = row;
      groups.push_back({row, row, grid.period_of(middle_of(time))});
    }
    const Period& period = groups.back().period;
    if (time.begin < period.begin || time.end > period.end) {
      throw_across_boundary(bars, row, time, period, grid.options());
    }
  }
  if (!groups.empty()) groups.back().end = bars.timestamps.size();
  return groups;
}

// ---- Which bars the data does not cover

const Column* partial_column(const Bars& bars) {
  for (const Column& column : bars.extras) {
    if (column.name == kPartialColumn && column.kind == ColumnKind::kBoolean) return &column;
  }
  return nullptr;
}

std::vector<double> find_partial(const Bars& bars, const SourceClock& clock,
                                 const std::vector<Group>& groups) {
  std::vector<double> partial(groups.size(), 0.0);
  if (groups.empty()) return partial;
  if (clock.time_of(0).begin > groups.front().period.begin) partial.front() = 1;
  if (clock.time_of(bars.timestamps.size() - 1).end < groups.back().period.end) partial.back() = 1;
  if (const Column* was_partial = partial_column(bars)) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t row = groups[i].begin; row < groups[i].end; ++row) {
        if (was_partial->numbers[row] == 1) partial[i] = 1;
      }
    }
  }
  return partial;
}

// ---- Values

// Sum of the known values, or their mean; missing when none is known.
double sum_known(const std::vector<double>& values, const Group& group, bool is_mean) {
  double sum = 0;
  std::int64_t count = 0;
  for (std::size_t row = group.begin; row < group.end; ++row) {
    if (std::isnan(values[row])) continue;
    sum += values[row];
    ++count;
  }
  if (count == 0) return kMissing;
  return is_mean ? sum / static_cast<double>(count) : sum;
}

template <typename T, typename IsMissing>
std::vector<T> last_known(const std::vector<T>& values, const std::vector<Group>& groups,
                          IsMissing is_missing) {
  std::vector<T> last;
  if (values.empty()) return last;
  last.reserve(groups.size());
  for (const Group& group : groups) {
    std::size_t row = group.end - 1;
    while (row > group.begin && is_missing(values[row])) --row;
    last.push_back(values[row]);
  }
  return last;
}

Column resample_column(const Column& column, ExtraRule rule, const std::vector<Group>& groups,
                       const Bars& bars) {
  if (rule != ExtraRule::kLast && column.kind != ColumnKind::kNumber) {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{}: column '{}' is a {} and has neither sum nor mean; use the rule 'last' for it",
                    bars.source, column.name, kind_name(column.kind)));
  }
  Column result{column.name, column.kind, {}, {}, column.categories, {}};
  if (rule == ExtraRule::kLast) {
    result.numbers = last_known(column.numbers, groups, [](double x) { return std::isnan(x); });
    result.codes = last_known(column.codes, groups, [](std::int32_t code) { return code == kMissingCode; });
    result.times = last_known(column.times, groups, [](TimestampNs stamp) { return stamp == kMissingTime; });
    return result;
  }
  for (const Group& group : groups)
    result.numbers.push_back(sum_known(column.numbers, group, rule == ExtraRule::kMean));
  return result;
}

void add_bar(const Bars& bars, const Group& group, Bars& result) {
  const auto begin = static_cast<std::ptrdiff_t>(group.begin), end = static_cast<std::ptrdiff_t>(group.end);
  result.timestamps.push_back(bars.stamp_meaning == StampMeaning::kBarEnd ? group.period.end
                                                                          : group.period.begin);
  result.open.push_back(bars.open[group.begin]);
  result.high.push_back(*std::max_element(bars.high.begin() + begin, bars.high.begin() + end));
  result.low.push_back(*std::min_element(bars.low.begin() + begin, bars.low.begin() + end));
  result.close.push_back(bars.close[group.end - 1]);
  result.volume.push_back(sum_known(bars.volume, group, false));
}

void require_known_columns(const Bars& bars, const ResampleOptions& options) {
  for (const auto& [name, rule] : options.extra_rules) {
    if (std::any_of(bars.extras.begin(), bars.extras.end(),
                    [&wanted = name](const Column& c) { return c.name == wanted; }))
      continue;
    throw Error(ErrorKind::kUsage,
                fmt::format("{}: there is no further column '{}' to apply a rule to", bars.source, name));
  }
}

nlohmann::json description_of(const ResampleOptions& options) {
  return {{"to", options.grid.timeframe.name()},
          {"time_zone", options.grid.zone.name()},
          {"anchor", time_of_day(options.grid.anchor)},
          {"week_start", options.grid.week_start == WeekStart::kMonday ? "monday" : "sunday"},
          {"partial", options.partial == PartialBars::kMark ? "mark" : "drop"}};
}

}  // namespace

std::vector<std::string> ResampleOptions::problems() const {
  std::vector<std::string> problems = grid.problems();
  if (extra_rules.contains(std::string(kPartialColumn))) {
    problems.push_back("the column is_partial is made by resampling itself and takes no rule");
  }
  return problems;
}

Bars resample(const Bars& bars, const ResampleOptions& options) {
  require_possible(bars, options.grid.timeframe);
  require_known_columns(bars, options);
  const PeriodGrid grid(options.grid);
  const SourceClock clock(bars, options.grid);
  std::vector<Group> groups = group_rows(bars, clock, grid);
  std::vector<double> partial = find_partial(bars, clock, groups);
  if (options.partial == PartialBars::kDrop) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (partial[i] == 0) groups[kept++] = groups[i];
    }
    groups.resize(kept);
  }

  Bars result;
  result.symbol = bars.symbol;
  result.timeframe = options.grid.timeframe;
  result.stamp_meaning = bars.stamp_meaning;
  result.source = bars.source;
  for (const Group& group : groups) add_bar(bars, group, result);
  for (const Column& column : bars.extras) {
    if (column.name == kPartialColumn) continue;
    const auto rule = options.extra_rules.find(column.name);
    result.extras.push_back(resample_column(
        column, rule == options.extra_rules.end() ? ExtraRule::kLast : rule->second, groups, bars));
  }
  if (options.partial == PartialBars::kMark) {
    result.extras.push_back(
        {std::string(kPartialColumn), ColumnKind::kBoolean, std::move(partial), {}, {}, {}});
  }
  result.bars_per_year = infer_timeframe(result.timestamps).bars_per_year;
  return result;
}

MarketData resample(const MarketData& data, const ResampleOptions& options, ThreadPool& pool) {
  MarketData result;
  result.metadata = data.metadata;
  result.metadata["resample"] = description_of(options);
  result.instruments.resize(data.instruments.size());
  pool.parallel_for(static_cast<std::int64_t>(data.instruments.size()), 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      result.instruments[at] = resample(data.instruments[at], options);
    }
  });
  return result;
}

}  // namespace regimetry::market
