#include "market/reading/time_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/reading/bar_columns.hpp"
#include "market/reading/row_order.hpp"
#include "market/reading/time_values.hpp"
#include "market/reading/word_codes.hpp"
#include "market/time_zone.hpp"

namespace regimetry::market {
namespace {

constexpr std::string_view kTimestampName = "timestamp";

bool is_time_role(ColumnRole role) {
  return role == ColumnRole::kTimestamp || role == ColumnRole::kDate || role == ColumnRole::kTime;
}

struct Choice {
  std::optional<std::size_t> stamp, time_of_day;  // columns of the table
};

// The column of a role: the one named by --column, else the one whose name says it most surely.
std::optional<std::size_t> column_of(ColumnRole role, const ColumnTable& table, const ReadOptions& options) {
  std::vector<std::size_t> best;
  int best_rank = std::numeric_limits<int>::max();
  const std::vector<std::optional<RoleMatch>> matches = match_columns(table);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& name = table.columns[i].name;
    for (const auto& [role_word, wanted] : options.column_for_role) {
      if (wanted == name && role_of(role_word) == role) return i;
    }
    const std::optional<RoleMatch>& match = matches[i];
    if (!match || match->role != role || match->rank > best_rank) continue;
    if (match->rank < best_rank) best.clear();
    best_rank = match->rank;
    best.push_back(i);
  }
  if (best.empty()) return std::nullopt;
  if (best.size() > 1) {
    const std::string first = printable(table.columns[best[0]].name);
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: both '{}' and '{}' can be the {}. Choose with --column '{}={}'.", table.source,
                    first, printable(table.columns[best[1]].name), role_name(role), role_name(role), first));
  }
  return best.front();
}

Choice choose_columns(const RawTable& raw, const ReadOptions& options, Observer& observer) {
  const ColumnTable& table = raw.table;
  if (const auto stamp = column_of(ColumnRole::kTimestamp, table, options)) return {stamp, std::nullopt};
  const auto date = column_of(ColumnRole::kDate, table, options);
  const auto time = column_of(ColumnRole::kTime, table, options);
  if (date && time) {
    // A "time" that is a whole stamp needs no date beside it.
    const TimeEncoding encoding = raw.encodings[*time];
    if (encoding == TimeEncoding::kInstant || encoding == TimeEncoding::kWallClock)
      return {time, std::nullopt};
    return {date, time};
  }
  if (date) return {date, std::nullopt};
  if (time && raw.encodings[*time] != TimeEncoding::kTimeOfDay) return {time, std::nullopt};

  std::vector<std::size_t> times;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].kind == ColumnKind::kTime) times.push_back(i);
  }
  if (times.size() != 1) return {};
  observer.on_note(fmt::format("{}: took the column '{}' as the time, the only one that holds times",
                               table.source, printable(table.columns[times.front()].name)));
  return {times.front(), std::nullopt};
}

void add_time_of_day(TimeValues& dates, const TimeValues& clock, const std::string& source) {
  for (std::size_t row = 0; row < dates.values.size(); ++row) {
    TimestampNs& stamp = dates.values[row];
    if (stamp == kMissingTime) continue;
    if (clock.values[row] == kMissingTime) {
      stamp = kMissingTime;
    } else if (__builtin_add_overflow(stamp, clock.values[row], &stamp)) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: row {}: its date lies outside the years 1678 to 2262", source, row + 1));
    }
  }
  // A zone in the time column makes instants of its rows.
  dates.encoding =
      clock.is_zoned && clock.is_instant.empty() ? TimeEncoding::kInstant : TimeEncoding::kWallClock;
  dates.is_instant = clock.is_instant;
}

std::vector<std::int32_t> symbols_of(const ColumnTable& table) {
  for (const Column& column : table.columns) {
    const std::optional<RoleMatch> match = match_role(column.name);
    if (match && match->role == ColumnRole::kSymbol) return column.codes;
  }
  return {};
}

// Rows from newest to oldest are turned round before a zone is applied, as in text files: an hour that clocks
// show twice is told apart by the rows around it, which must run forward for that.
void turn_round_newest_first(ColumnTable& table, TimeValues& times) {
  // A row without a stamp says nothing about the order; it may not look like a step to the beginning of time.
  std::vector<TimestampNs> stamps = times.values;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    if (stamps[i] == kMissingTime) stamps[i] = stamps[i - 1];
  }
  if (!count_steps(stamps, symbols_of(table)).runs_backward()) return;
  const auto reverse = [](auto& values) { std::reverse(values.begin(), values.end()); };
  if (table.origin.lines.empty() && table.origin.first_line > 0) {
    for (std::int64_t row = 0; row < table.row_count; ++row)
      table.origin.lines.push_back(table.origin.first_line + row);
  }
  reverse(table.origin.lines);
  reverse(times.values);
  reverse(times.is_instant);
  for (Column& column : table.columns) {
    reverse(column.numbers);
    reverse(column.codes);
    reverse(column.times);
  }
}

// Rows whose wall clock was shown twice or never.
struct ClockChanges {
  std::vector<std::int64_t> skipped, repeated;
};

void tell_clock_changes(const ClockChanges& changes, const std::vector<TimestampNs>& stamps,
                        const TimeZone& zone, const std::string& source, Observer& observer) {
  if (!changes.skipped.empty()) {
    const std::int64_t row = changes.skipped.front();
    observer.on_warning(
        fmt::format("{}: {} stamps fall into an hour that clocks in {} skip (first: row {}, read as {}); "
                    "check --tz",
                    source, changes.skipped.size(), zone.name(), row + 1,
                    format_timestamp(stamps[static_cast<std::size_t>(row)])));
  }
  if (!changes.repeated.empty()) {
    const std::int64_t row = changes.repeated.front();
    observer.on_note(
        fmt::format("{}: {} stamps fall into an hour that clocks in {} show twice (first: row {}); the order "
                    "of the rows decided which one is meant",
                    source, changes.repeated.size(), zone.name(), row + 1));
  }
}

// `symbols`: of each row, or empty. A reading shown twice takes the instant that keeps the rows of one symbol
// rising, as in text files.
ClockChanges apply_zone(TimeValues& times, const TimeZone& zone, const std::vector<std::int32_t>& symbols,
                        ThreadPool& pool) {
  constexpr std::int64_t kGrain = 1 << 16;
  std::vector<TimestampNs>& stamps = times.values;
  std::mutex mutex;
  ClockChanges changes;
  std::vector<std::pair<std::int64_t, TimestampNs>> later_of;  // repeated row, its second meaning
  pool.parallel_for(static_cast<std::int64_t>(stamps.size()), kGrain, [&](IndexRange range) {
    for (std::int64_t row = range.begin; row < range.end; ++row) {
      const auto i = static_cast<std::size_t>(row);
      if (stamps[i] == kMissingTime || (!times.is_instant.empty() && times.is_instant[i])) continue;
      const LocalReading reading = zone.to_utc(stamps[i]);
      stamps[i] = reading.earlier;
      if (reading.kind == LocalReading::Kind::kUnique) continue;
      const std::lock_guard<std::mutex> lock(mutex);
      if (reading.kind == LocalReading::Kind::kGap)
        changes.skipped.push_back(row);
      else
        later_of.emplace_back(row, reading.later);
    }
  });
  std::sort(changes.skipped.begin(), changes.skipped.end());
  std::sort(later_of.begin(), later_of.end());
  for (const auto& [row, later] : later_of) {
    changes.repeated.push_back(row);
    const auto i = static_cast<std::size_t>(row);
    if (row == 0 || (!symbols.empty() && symbols[i] != symbols[i - 1])) continue;
    const TimestampNs before = stamps[i - 1];
    if (before != kMissingTime && stamps[i] <= before && before < later) stamps[i] = later;
  }
  return changes;
}

void settle_zone(TimeValues& times, const std::vector<std::int32_t>& symbols, const ReadOptions& options,
                 const std::string& source, ThreadPool& pool, Observer& observer) {
  if (times.encoding == TimeEncoding::kInstant) return;
  if (!options.time_zone) {
    // A day is a day: no zone would make daily bars more exact, so only clocks are worth a warning.
    if (times.encoding == TimeEncoding::kWallClock) {
      observer.on_warning(fmt::format(
          "{}: its stamps name no time zone and were read as UTC; say --tz ZONE if they are not", source));
    }
    return;
  }
  const TimeZone zone = TimeZone::parse(*options.time_zone);
  if (zone.is_utc()) return;
  tell_clock_changes(apply_zone(times, zone, symbols, pool), times.values, zone, source, observer);
}

std::string clock_text(std::int64_t ns_of_day) {
  const std::string text = format_timestamp(ns_of_day);  // 1970-01-01T01:02:03.5Z
  return text.substr(11, text.size() - 12);
}

// Further columns that looked like times: counts go back to being numbers, times of day to words, clocks take
// the zone.
void settle_other_column(Column& column, TimeEncoding encoding, const ReadOptions& options,
                         const std::vector<std::int32_t>& symbols, ThreadPool& pool) {
  if (encoding == TimeEncoding::kCount) {
    column.kind = ColumnKind::kNumber;
    column.numbers.reserve(column.times.size());
    for (const TimestampNs count : column.times) {
      column.numbers.push_back(count == kMissingTime ? std::numeric_limits<double>::quiet_NaN()
                                                     : static_cast<double>(count));
    }
    std::vector<TimestampNs>().swap(column.times);
  } else if (encoding == TimeEncoding::kTimeOfDay) {
    WordCodes words;
    column.kind = ColumnKind::kCategory;
    for (const TimestampNs clock : column.times) {
      column.codes.push_back(clock == kMissingTime ? kMissingCode : words.code_of(clock_text(clock)));
    }
    column.categories = words.words();
    std::vector<TimestampNs>().swap(column.times);
  } else if (encoding == TimeEncoding::kWallClock && options.time_zone) {
    TimeValues values{std::move(column.times), encoding, {}};
    (void)apply_zone(values, TimeZone::parse(*options.time_zone), symbols, pool);
    column.times = std::move(values.values);
  }
}

}  // namespace

std::optional<ColumnRole> time_role_of(std::string_view column_name, const ReadOptions& options) {
  for (const auto& [role_word, wanted] : options.column_for_role) {
    if (wanted != column_name) continue;
    const std::optional<ColumnRole> role = role_of(role_word);
    return role && is_time_role(*role) ? role : std::nullopt;
  }
  const std::optional<ColumnRole> role = role_of(column_name);
  return role && is_time_role(*role) ? role : std::nullopt;
}

ColumnTable settle_time_column(RawTable raw, const ReadOptions& options, ThreadPool& pool,
                               Observer& observer) {
  const std::string source = raw.table.source;
  const Choice choice = choose_columns(raw, options, observer);
  if (!choice.stamp) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: no column holds the time of a row. It has: {}. Name the right one with "
                            "--column timestamp=NAME.",
                            source, column_list(raw.table)));
  }
  ColumnTable table = std::move(raw.table);
  TimeValues times = read_time_values(std::move(table.columns[*choice.stamp]), raw.encodings[*choice.stamp],
                                      /*is_time_of_day=*/false, source, options, pool, observer);
  if (choice.time_of_day) {
    const TimeValues clock =
        read_time_values(std::move(table.columns[*choice.time_of_day]), raw.encodings[*choice.time_of_day],
                         /*is_time_of_day=*/true, source, options, pool, observer);
    add_time_of_day(times, clock, source);
  }
  turn_round_newest_first(table, times);
  const std::vector<std::int32_t> symbols = symbols_of(table);
  settle_zone(times, symbols, options, source, pool, observer);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i == *choice.stamp || i == choice.time_of_day) continue;
    settle_other_column(table.columns[i], raw.encodings[i], options, symbols, pool);
  }

  Column& stamp = table.columns[*choice.stamp];
  stamp = Column{};
  stamp.name = kTimestampName;
  stamp.kind = ColumnKind::kTime;
  stamp.times = std::move(times.values);
  if (choice.time_of_day)
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(*choice.time_of_day));
  return table;
}

}  // namespace regimetry::market
