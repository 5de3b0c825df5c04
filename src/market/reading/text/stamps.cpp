#include "market/reading/text/stamps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/error.hpp"
#include "market/reading/row_order.hpp"
#include "market/time_zone.hpp"

namespace regimetry::market {
namespace {

template <typename T>
void reverse(std::vector<T>& values) {
  std::reverse(values.begin(), values.end());
}

// A wall clock without a zone, for a message: "2024-03-31 02:30".
std::string wall_clock(TimestampNs local) {
  std::string text = format_timestamp(local);
  if (text.ends_with('Z')) text.pop_back();
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

struct ClockFindings {
  std::int64_t gaps = 0, overlaps = 0, guessed_overlaps = 0;
  std::int64_t first_gap_row = 0, first_guess_row = 0;
  TimestampNs first_gap = 0, first_guess = 0;
};

// The instant of one reading, with the row before it in mind.
TimestampNs settle_reading(const LocalReading& reading, TimestampNs local, std::int64_t row,
                           std::optional<TimestampNs> previous, ClockFindings& findings) {
  if (reading.kind == LocalReading::Kind::kUnique) return reading.earlier;
  if (reading.kind == LocalReading::Kind::kGap) {
    if (findings.gaps++ == 0) {
      findings.first_gap_row = row;
      findings.first_gap = local;
    }
    return reading.earlier;
  }
  ++findings.overlaps;
  if (previous && reading.earlier > *previous) return reading.earlier;
  if (previous && reading.later > *previous) return reading.later;
  if (findings.guessed_overlaps++ == 0) {
    findings.first_guess_row = row;
    findings.first_guess = local;
  }
  return reading.earlier;
}

ClockFindings convert(const TimeZone& zone, std::span<const std::int32_t> symbols,
                      const std::vector<std::uint8_t>& is_absolute, std::vector<TimestampNs>& stamps) {
  ClockFindings findings;
  // Of each symbol, because rows of many symbols may alternate. Index 0: rows without a symbol.
  std::vector<std::optional<TimestampNs>> previous_of_symbol(1);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const std::size_t symbol = symbols.empty() ? 0 : static_cast<std::size_t>(symbols[i] + 1);
    if (symbol >= previous_of_symbol.size()) previous_of_symbol.resize(symbol + 1);
    std::optional<TimestampNs>& previous = previous_of_symbol[symbol];
    if (is_absolute.empty() || is_absolute[i] == 0) {
      stamps[i] =
          settle_reading(zone.to_utc(stamps[i]), stamps[i], static_cast<std::int64_t>(i), previous, findings);
    }
    previous = stamps[i];
  }
  return findings;
}

void report_clock_findings(const ClockFindings& findings, const TimeZone& zone, const std::string& name,
                           const ParsedRows& rows, TextDialect& dialect, Observer& observer) {
  const auto warn = [&](std::string text) {
    observer.on_warning(text);
    dialect.notes.push_back(std::move(text));
  };
  if (findings.gaps > 0) {
    warn(
        fmt::format("{}:{}: {} is a time that clocks in {} jumped over ({} such stamp{}); read as the "
                    "instant of the jump. Is "
                    "--tz the right zone?",
                    name, rows.origin.line_of(findings.first_gap_row), wall_clock(findings.first_gap),
                    zone.name(), findings.gaps, findings.gaps == 1 ? "" : "s"));
  }
  if (findings.guessed_overlaps > 0) {
    warn(
        fmt::format("{}:{}: {} happened twice in {} and the rows do not tell which is meant ({} such "
                    "stamp{}); the first was "
                    "taken.",
                    name, rows.origin.line_of(findings.first_guess_row), wall_clock(findings.first_guess),
                    zone.name(), findings.guessed_overlaps, findings.guessed_overlaps == 1 ? "" : "s"));
  }
  if (findings.overlaps > findings.guessed_overlaps) {
    dialect.notes.push_back(fmt::format(
        "{} stamps fall into hours that clocks in {} passed twice; each was read so that rows rise",
        findings.overlaps - findings.guessed_overlaps, zone.name()));
  }
}

void warn_of_assumed_utc(const TableLayout& layout, bool has_time_of_day, const std::string& name,
                         TextDialect& dialect, Observer& observer) {
  dialect.time_zone = "UTC (assumed)";
  std::string text = has_time_of_day ? fmt::format("{}: stamps carry no time zone and were read as UTC", name)
                                     : fmt::format("{}: dates were read as midnights UTC", name);
  if (!layout.clock_advice.empty()) text += fmt::format(". {}", layout.clock_advice);
  text += has_time_of_day ? "; say otherwise with --tz" : "";
  if (has_time_of_day) observer.on_warning(text);
  dialect.notes.push_back(text);
}

}  // namespace

std::span<const std::int32_t> symbol_codes(const TableLayout& layout, const ParsedRows& rows) {
  const int symbol = layout.find_role(ColumnRole::kSymbol);
  if (symbol < 0) return {};
  return rows.columns[static_cast<std::size_t>(symbol)].codes;
}

std::size_t join_date_and_time(const TableLayout& layout, const ReadPlan& plan, ParsedRows& rows) {
  int stamp = layout.find_role(ColumnRole::kTimestamp);
  if (stamp < 0) stamp = layout.find_role(ColumnRole::kDate);
  const auto stamp_column = static_cast<std::size_t>(stamp);
  const int time = layout.find_role(ColumnRole::kTime);
  if (time < 0 || plan.columns[static_cast<std::size_t>(time)].use != ColumnUse::kTimeOfDay)
    return stamp_column;
  std::vector<TimestampNs>& stamps = rows.columns[stamp_column].times;
  std::vector<TimestampNs>& times_of_day = rows.columns[static_cast<std::size_t>(time)].times;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    if (stamps[i] != kMissingTime && times_of_day[i] != kMissingTime) stamps[i] += times_of_day[i];
  }
  times_of_day = {};
  return stamp_column;
}

bool turn_round_newest_first(const TableLayout& layout, std::size_t stamp_column, ThreadPool& pool,
                             ParsedRows& rows) {
  if (!count_steps(rows.columns[stamp_column].times, symbol_codes(layout, rows)).runs_backward())
    return false;
  if (rows.origin.lines.empty()) {
    for (std::int64_t row = 0; row < rows.row_count; ++row)
      rows.origin.lines.push_back(rows.origin.first_line + row);
  }
  pool.parallel_for(std::ssize(rows.columns), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      reverse(rows.columns[i].numbers);
      reverse(rows.columns[i].codes);
      reverse(rows.columns[i].times);
    }
  });
  reverse(rows.is_absolute);
  reverse(rows.origin.lines);
  return true;
}

void apply_time_zone(const TableLayout& layout, const TableEvidence& evidence, const ReadOptions& options,
                     std::size_t stamp_column, const std::string& name, ParsedRows& rows,
                     TextDialect& dialect, Observer& observer) {
  const ColumnEvidence& seen = evidence.columns[stamp_column];
  const bool is_epoch = !seen.formats.empty() &&
                        std::all_of(seen.formats.begin(), seen.formats.end(), [](const TimeParts& parts) {
                          return parts.kind == TimeParts::Kind::kEpoch;
                        });
  if (rows.naive_count == 0) {
    dialect.time_zone = is_epoch ? "UTC" : "offset in stamp";
    if (options.time_zone) {
      dialect.notes.push_back(
          fmt::format("--tz {} was not needed: every stamp says its own zone", *options.time_zone));
    }
    return;
  }
  if (rows.absolute_count > 0) {
    const int time = layout.find_role(ColumnRole::kTime);
    const bool is_in_time = time >= 0 && evidence.columns[static_cast<std::size_t>(time)].absolute > 0;
    const CellPlace& naive =
        is_in_time ? evidence.columns[static_cast<std::size_t>(time)].first_naive : seen.first_naive;
    std::string text =
        fmt::format("{}:{}: '{}' carries no time zone while other stamps do; such stamps were read in {}",
                    name, naive.line, naive.text, options.time_zone.value_or("UTC"));
    observer.on_warning(text);
    dialect.notes.push_back(std::move(text));
  }
  if (!options.time_zone && !layout.time_zone) {
    const bool has_time_of_day = seen.has_time || layout.find_role(ColumnRole::kTime) >= 0;
    warn_of_assumed_utc(layout, has_time_of_day, name, dialect, observer);
    return;
  }
  const TimeZone zone = TimeZone::parse(options.time_zone ? *options.time_zone : *layout.time_zone);
  dialect.time_zone = zone.name();
  if (!options.time_zone && !layout.clock_advice.empty()) dialect.notes.push_back(layout.clock_advice);
  if (zone.is_utc()) return;
  const ClockFindings findings =
      convert(zone, symbol_codes(layout, rows), rows.is_absolute, rows.columns[stamp_column].times);
  report_clock_findings(findings, zone, name, rows, dialect, observer);
}

}  // namespace regimetry::market
