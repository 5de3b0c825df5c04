#include "market/reading/column_naming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {
namespace {

constexpr auto kAllRoles =
    std::to_array({ColumnRole::kTimestamp, ColumnRole::kDate, ColumnRole::kTime, ColumnRole::kOpen,
                   ColumnRole::kHigh, ColumnRole::kLow, ColumnRole::kClose, ColumnRole::kAdjustedClose,
                   ColumnRole::kVolume, ColumnRole::kTickVolume, ColumnRole::kSymbol});
constexpr int kRankOfBarEnd = 3;  // "close_time": only when there is no other time column

bool is_time_role(std::optional<ColumnRole> role) {
  return role == ColumnRole::kTimestamp || role == ColumnRole::kDate || role == ColumnRole::kTime;
}

ColumnRole parse_role(const std::string& text) {
  std::vector<std::string> names;
  for (const ColumnRole role : kAllRoles) {
    names.emplace_back(role_name(role));
    if (header_key(text) == header_key(role_name(role))) return role;
  }
  if (header_key(text) == "adjclose") return ColumnRole::kAdjustedClose;
  const std::optional<std::string> nearest = nearest_word(text, names);
  throw Error(ErrorKind::kUsage, fmt::format("--column: '{}' is no role of a column{}. Roles are: {}.", text,
                                             nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "",
                                             fmt::join(names, ", ")));
}

std::vector<std::string> names_of(const TableLayout& layout) {
  std::vector<std::string> names;
  for (const LayoutColumn& column : layout.columns) names.push_back(column.name);
  return names;
}

std::size_t find_named_column(const TableLayout& layout, const std::string& wanted, const std::string& file) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (layout.columns[i].name == wanted) return i;
  }
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (!wanted.empty() && header_key(layout.columns[i].name) == header_key(wanted)) return i;
  }
  const std::vector<std::string> names = names_of(layout);
  const std::optional<std::string> nearest = nearest_word(wanted, names);
  throw Error(ErrorKind::kUsage,
              fmt::format("{}: --column names '{}', which is no column of the file{}. Its columns are: {}.",
                          file, wanted, nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "",
                          fmt::join(names.begin(),
                                    names.begin() + std::min<std::ptrdiff_t>(40, std::ssize(names)), ", ")));
}

// --column: the user's word is final, for the column and against every other column that claims the role.
std::set<ColumnRole> assign_by_option(const std::string& file, const ReadOptions& options,
                                      TableLayout& layout) {
  std::set<ColumnRole> settled;
  for (const auto& [role_text, column_name] : options.column_for_role) {
    const ColumnRole role = parse_role(role_text);
    layout.columns[find_named_column(layout, column_name, file)].role = role;
    settled.insert(role);
    if (role == ColumnRole::kTimestamp) settled.insert({ColumnRole::kDate, ColumnRole::kTime});
  }
  return settled;
}

void assign_by_name(const std::set<ColumnRole>& settled, TableLayout& layout, bool& stamps_are_bar_ends) {
  for (const ColumnRole role : kAllRoles) {
    if (settled.contains(role)) continue;
    std::optional<std::size_t> best;
    int best_rank = 0;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const std::optional<RoleMatch> match = match_role(layout.columns[i].name);
      if (layout.columns[i].role || !match || match->role != role) continue;
      if (best && match->rank >= best_rank) continue;
      best = i;
      best_rank = match->rank;
    }
    if (!best) continue;
    layout.columns[*best].role = role;
    if (role == ColumnRole::kTimestamp) stamps_are_bar_ends = best_rank == kRankOfBarEnd;
  }
}

void drop(TableLayout& layout, int column, std::string_view why) {
  LayoutColumn& dropped = layout.columns[static_cast<std::size_t>(column)];
  layout.notes.push_back(fmt::format("column '{}' was left out: {}", dropped.name, why));
  dropped.role.reset();
  dropped.is_dropped = true;
}

// One time column, or a date column and a time column. A stamp column wins over both, a date over the end of
// a bar.
void settle_time_columns(bool stamps_are_bar_ends, TableLayout& layout) {
  const int stamp = layout.find_role(ColumnRole::kTimestamp);
  const int date = layout.find_role(ColumnRole::kDate);
  const int time = layout.find_role(ColumnRole::kTime);
  if (stamp >= 0 && stamps_are_bar_ends && (date >= 0 || time >= 0)) {
    drop(layout, stamp, "it repeats the time of the bar");
    settle_time_columns(false, layout);
    return;
  }
  if (stamp >= 0) {
    const std::string why =
        fmt::format("'{}' already says when", layout.columns[static_cast<std::size_t>(stamp)].name);
    if (date >= 0) {
      drop(layout, date, why);
      layout.columns[static_cast<std::size_t>(date)].is_second_clock = time < 0;
    }
    if (time >= 0) drop(layout, time, why);
    for (LayoutColumn& column : layout.columns) {
      const std::optional<RoleMatch> match = match_role(column.name);
      if (!column.role && match && is_time_role(match->role) && !column.is_dropped) {
        drop(layout, static_cast<int>(&column - layout.columns.data()), "it repeats the time of the bar");
      }
    }
    return;
  }
  if (date >= 0 && time < 0) layout.columns[static_cast<std::size_t>(date)].role = ColumnRole::kTimestamp;
  if (date < 0 && time >= 0) layout.columns[static_cast<std::size_t>(time)].role = ColumnRole::kTimestamp;
}

enum class SampledContent { kNothing, kTimes, kNumbers, kOther };

SampledContent content_of(const SampleRecords& split, std::size_t first_data, std::size_t column) {
  bool times = true;
  bool numbers = true;
  int present = 0;
  for (std::size_t i = first_data; i < split.records.size(); ++i) {
    const std::vector<std::string>& cells = split.records[i].cells;
    if (cells.size() <= column || is_missing(cells[column])) continue;
    ++present;
    const std::optional<TimeParts> parts = scan_time(cells[column]);
    times = times && parts && possible_orders(*parts) != 0;
    numbers = numbers && number_styles(cells[column]) != 0;
  }
  if (present == 0) return SampledContent::kNothing;
  if (times) return SampledContent::kTimes;
  return numbers ? SampledContent::kNumbers : SampledContent::kOther;
}

// A header that names no time: the first column whose every sampled cell is a date or a plausible epoch.
void find_time_by_content(const SampleRecords& split, std::size_t first_data, const std::string& file,
                          TableLayout& layout) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    LayoutColumn& column = layout.columns[i];
    if (column.role || content_of(split, first_data, i) != SampledContent::kTimes) continue;
    column.role = ColumnRole::kTimestamp;
    layout.notes.push_back(
        fmt::format("column '{}' holds the time: no header says so, but every cell is a date", column.name));
    return;
  }
  const std::vector<std::string> names = names_of(layout);
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "{}: no column holds dates or times. Its columns are: {}. Name the one that does with --column "
          "timestamp=<name>.",
          file,
          fmt::join(names.begin(), names.begin() + std::min<std::ptrdiff_t>(40, std::ssize(names)), ", ")));
}

void drop_row_counter(const SampleRecords& split, std::size_t first_data, TableLayout& layout) {
  LayoutColumn& first = layout.columns.front();
  const bool is_unnamed =
      first.is_unnamed || header_key(first.name) == "unnamed0" || header_key(first.name) == "index";
  if (!layout.has_header || first.role || !is_unnamed) return;
  if (content_of(split, first_data, 0) == SampledContent::kNumbers)
    drop(layout, 0, "it has no name and only counts rows");
}

}  // namespace

std::vector<LayoutColumn> name_columns(const std::vector<std::string>& header_cells,
                                       std::size_t column_count) {
  std::vector<LayoutColumn> columns;
  std::set<std::string> used;
  for (std::size_t i = 0; i < column_count; ++i) {
    std::string name(i < header_cells.size() ? trim_blanks(header_cells[i]) : std::string_view());
    const bool is_unnamed = name.empty();
    if (is_unnamed) name = fmt::format("column {}", i + 1);
    const std::string base = name;
    for (int copy = 2; used.contains(name); ++copy) name = fmt::format("{} ({})", base, copy);
    used.insert(name);
    columns.push_back({name, std::nullopt, -1, is_unnamed});
  }
  return columns;
}

void assign_roles(const SampleRecords& split, std::size_t first_data, const std::string& name,
                  const ReadOptions& options, TableLayout& layout) {
  const std::set<ColumnRole> settled = assign_by_option(name, options, layout);
  bool stamps_are_bar_ends = false;
  assign_by_name(settled, layout, stamps_are_bar_ends);
  settle_time_columns(stamps_are_bar_ends, layout);
  if (layout.find_role(ColumnRole::kTimestamp) < 0 && layout.find_role(ColumnRole::kDate) < 0) {
    find_time_by_content(split, first_data, name, layout);
  }
  layout.stamps_are_bar_ends = stamps_are_bar_ends && layout.find_role(ColumnRole::kTimestamp) >= 0;
  drop_row_counter(split, first_data, layout);
}

}  // namespace regimetry::market
