#include "market/reading/text/column_naming.hpp"

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

std::vector<std::optional<RoleMatch>> matches_of(const TableLayout& layout) {
  std::vector<std::string_view> headings;
  for (const LayoutColumn& column : layout.columns) headings.emplace_back(column.heading);
  return match_roles(headings);
}

// The columns that name `role` most surely and equally so, in their order.
std::vector<std::size_t> best_claims(ColumnRole role, const TableLayout& layout,
                                     const std::vector<std::optional<RoleMatch>>& matches, int& rank) {
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (layout.columns[i].role || !matches[i] || matches[i]->role != role) continue;
    if (!best.empty() && matches[i]->rank > rank) continue;
    if (!best.empty() && matches[i]->rank < rank) best.clear();
    rank = matches[i]->rank;
    best.push_back(i);
  }
  return best;
}

// Another close or another date makes other bars, so nobody but the user may choose. Volumes are often given
// twice, in two currencies: the first is taken and that is said.
void settle_tie(ColumnRole role, const std::vector<std::size_t>& claims, const std::string& file,
                TableLayout& layout) {
  const std::string& first = layout.columns[claims[0]].name;
  const std::string& second = layout.columns[claims[1]].name;
  const std::string_view word = role_name(role);
  const bool is_same_name =
      header_key(layout.columns[claims[0]].heading) == header_key(layout.columns[claims[1]].heading);
  const bool makes_other_bars =
      role != ColumnRole::kVolume && role != ColumnRole::kTickVolume && role != ColumnRole::kSymbol;
  if (makes_other_bars || is_same_name) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}: both '{}' (column {}) and '{}' (column {}) can be the {}. Choose with --column "
                    "'{}={}'.",
                    file, first, claims[0] + 1, second, claims[1] + 1, word, word, first));
  }
  layout.notes.push_back(fmt::format("took '{}' as the {}; '{}' could be it too (--column '{}={}')", first,
                                     word, second, word, second));
}

void assign_by_name(const std::set<ColumnRole>& settled, const std::string& file, TableLayout& layout,
                    bool& stamps_are_bar_ends) {
  const std::vector<std::optional<RoleMatch>> matches = matches_of(layout);
  bool has_stamp = false;
  for (const ColumnRole role : kAllRoles) {
    if (settled.contains(role)) continue;
    int rank = 0;
    const std::vector<std::size_t> claims = best_claims(role, layout, matches, rank);
    if (claims.empty()) continue;
    // A date beside a stamp only repeats it.
    const bool is_repetition = has_stamp && is_time_role(role);
    if (claims.size() > 1 && !is_repetition) settle_tie(role, claims, file, layout);
    layout.columns[claims.front()].role = role;
    if (role == ColumnRole::kTimestamp) {
      stamps_are_bar_ends = rank == kRankOfBarEnd;
      has_stamp = !stamps_are_bar_ends;
    }
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
    const std::vector<std::optional<RoleMatch>> matches = matches_of(layout);
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const LayoutColumn& column = layout.columns[i];
      if (!column.role && matches[i] && is_time_role(matches[i]->role) && !column.is_dropped) {
        drop(layout, static_cast<int>(i), "it repeats the time of the bar");
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
    LayoutColumn column{.name = name, .role = std::nullopt, .is_unnamed = is_unnamed};
    if (!is_unnamed) column.heading = base;
    columns.push_back(std::move(column));
  }
  return columns;
}

void assign_roles(const SampleRecords& split, std::size_t first_data, const std::string& name,
                  const ReadOptions& options, TableLayout& layout) {
  const std::set<ColumnRole> settled = assign_by_option(name, options, layout);
  bool stamps_are_bar_ends = false;
  assign_by_name(settled, name, layout, stamps_are_bar_ends);
  settle_time_columns(stamps_are_bar_ends, layout);
  if (layout.find_role(ColumnRole::kTimestamp) < 0 && layout.find_role(ColumnRole::kDate) < 0) {
    find_time_by_content(split, first_data, name, layout);
  }
  layout.stamps_are_bar_ends = stamps_are_bar_ends && layout.find_role(ColumnRole::kTimestamp) >= 0;
  drop_row_counter(split, first_data, layout);
}

}  // namespace regimetry::market
