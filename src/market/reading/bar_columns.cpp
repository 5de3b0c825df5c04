#include "market/reading/bar_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"
#include "market/column_roles.hpp"

namespace regimetry::market {
namespace {

bool is_price(ColumnRole role) {
  return role == ColumnRole::kOpen || role == ColumnRole::kHigh || role == ColumnRole::kLow ||
         role == ColumnRole::kClose || role == ColumnRole::kAdjustedClose;
}

class RoleFinder {
 public:
  RoleFinder(const ColumnTable& table, const ReadOptions& options, Observer& observer)
      : table_(table), options_(options), observer_(observer), matches_(match_columns(table)) {}

  [[nodiscard]] std::optional<std::size_t> find(ColumnRole role) const {
    if (const auto given = given_by_user(role)) return given;
    std::vector<std::size_t> best;
    int best_rank = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const std::string& name = table_.columns[i].name;
      // A reader has settled it. (A price of another name as sure as this one would make other bars.)
      if (name == role_name(role) && !is_price(role)) return i;
      const std::optional<RoleMatch>& match = matches_[i];
      if (!match || match->role != role || match->rank > best_rank || is_given_to_another(name, role))
        continue;
      if (match->rank < best_rank) best.clear();
      best_rank = match->rank;
      best.push_back(i);
    }
    if (best.empty()) return std::nullopt;
    if (best.size() > 1) tell_tie(role, best);
    return best.front();
  }

 private:
  [[nodiscard]] std::optional<std::size_t> given_by_user(ColumnRole role) const {
    for (const auto& [word, wanted] : options_.column_for_role) {
      if (role_of(word) != role) continue;
      for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        if (table_.columns[i].name == wanted) return i;
      }
      // Readers of text apply --column themselves and name the column by its role.
      for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        if (table_.columns[i].name == role_name(role)) return i;
      }
      std::vector<std::string> names;
      for (const Column& column : table_.columns) names.push_back(column.name);
      const std::optional<std::string> near = nearest_word(wanted, names);
      throw Error(
          ErrorKind::kUsage,
          fmt::format("--column {}={}: {} has no column of that name{}. It has: {}.", word, wanted,
                      table_.source, near ? fmt::format("; did you mean '{}'?", printable(*near)) : "",
                      column_list(table_)));
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_given_to_another(std::string_view name, ColumnRole role) const {
    for (const auto& [word, wanted] : options_.column_for_role) {
      if (wanted == name && role_of(word) != role) return true;
    }
    return false;
  }

  void tell_tie(ColumnRole role, const std::vector<std::size_t>& columns) const {
    const std::string first = printable(table_.columns[columns[0]].name);
    const std::string second = printable(table_.columns[columns[1]].name);
    if (is_price(role)) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}: both '{}' and '{}' can be the {}. Choose with --column '{}={}'.",
                              table_.source, first, second, role_name(role), role_name(role), first));
    }
    observer_.on_note(fmt::format("{}: took '{}' as the {}; '{}' could be it too (--column '{}={}')",
                                  table_.source, first, role_name(role), second, role_name(role), second));
  }

  const ColumnTable& table_;
  const ReadOptions& options_;
  Observer& observer_;
  std::vector<std::optional<RoleMatch>> matches_;  // per column
};

void check_role_words(const ReadOptions& options) {
  for (const auto& [word, column] : options.column_for_role) {
    if (role_of(word)) continue;
    throw Error(
        ErrorKind::kUsage,
        fmt::format(
            "--column {}={}: there is no role '{}'. Roles are timestamp, date, time, open, high, low, "
            "close, adjusted close, volume, tick volume, symbol.",
            word, column, word));
  }
}

[[noreturn]] void fail_without(std::string_view what, std::string_view role, const ColumnTable& table) {
  throw Error(ErrorKind::kData,
              fmt::format("{}: no column holds the {}. It has: {}. Name the right one with --column "
                          "{}=NAME.",
                          table.source, what, column_list(table), role));
}

// A column of names that differ in almost every row tells no instruments apart.
bool tells_instruments_apart(const Column& column) {
  if (column.kind == ColumnKind::kBoolean || column.kind == ColumnKind::kTime) return false;
  if (column.kind == ColumnKind::kNumber) return true;
  constexpr std::size_t kFew = 16;
  return column.categories.size() <= kFew || column.categories.size() * 2 <= column.codes.size();
}

// Every value says a timeframe. A column such as `period` may as well hold pre, regular and post.
bool holds_timeframes(const Column& column) {
  if (column.kind == ColumnKind::kCategory) {
    return std::all_of(column.categories.begin(), column.categories.end(),
                       [](const std::string& word) { return timeframe_of_cell(word).has_value(); });
  }
  // A number named `period` is more often the length of an indicator.
  const std::string key = header_key(column.name);
  if (column.kind != ColumnKind::kNumber || key == "period") return false;
  return column.missing_count() < column.row_count() &&
         std::all_of(column.numbers.begin(), column.numbers.end(), [](double minutes) {
           return std::isnan(minutes) || timeframe_of_cell(fmt::format("{}", minutes)).has_value();
         });
}

std::optional<std::size_t> find_timeframe(const ColumnTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (may_name_timeframe(column.name) && holds_timeframes(column)) return i;
  }
  return std::nullopt;
}

}  // namespace

bool may_name_timeframe(std::string_view column_name) {
  const std::string key = header_key(column_name);
  return key == "timeframe" || key == "per" || key == "period";
}

std::optional<Timeframe> timeframe_of_cell(std::string_view cell) {
  if (const std::optional<Timeframe> timeframe = Timeframe::parse(cell)) return timeframe;
  // MetaStock writes minutes as a number and longer bars as a letter.
  const bool is_number = !cell.empty() && cell.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_number) return Timeframe::parse(fmt::format("{}min", cell));
  for (const std::string_view letter : {"D", "W", "H"}) {
    if (cell == letter) return Timeframe::parse(fmt::format("1{}", letter));
  }
  return cell == "M" ? std::optional(Timeframe{0, 1}) : std::nullopt;
}

BarColumns find_bar_columns(const ColumnTable& table, const ReadOptions& options, Observer& observer) {
  check_role_words(options);
  const RoleFinder finder(table, options, observer);
  BarColumns columns;

  const auto timestamp = finder.find(ColumnRole::kTimestamp);
  if (!timestamp || table.columns[*timestamp].kind != ColumnKind::kTime)
    fail_without("time of a row", "timestamp", table);
  columns.timestamp = *timestamp;
  columns.open = finder.find(ColumnRole::kOpen);
  columns.high = finder.find(ColumnRole::kHigh);
  columns.low = finder.find(ColumnRole::kLow);
  columns.adjusted_close = finder.find(ColumnRole::kAdjustedClose);
  columns.volume = finder.find(ColumnRole::kVolume);
  columns.tick_volume = finder.find(ColumnRole::kTickVolume);

  const auto close = finder.find(ColumnRole::kClose);
  if (!close && !columns.adjusted_close) fail_without("close", "close", table);
  if (!close) {
    observer.on_note(fmt::format("{}: has no close but an adjusted one, '{}', which was taken", table.source,
                                 printable(table.columns[*columns.adjusted_close].name)));
  }
  columns.close = close ? *close : *columns.adjusted_close;
  if (!close) columns.adjusted_close.reset();

  const int prices = static_cast<int>(columns.open.has_value()) + static_cast<int>(columns.high.has_value()) +
                     static_cast<int>(columns.low.has_value());
  if (prices != 0 && prices != 3) {
    const std::string_view role = !columns.open ? "open" : !columns.high ? "high" : "low";
    fail_without(role, role, table);
  }

  columns.symbol = finder.find(ColumnRole::kSymbol);
  if (columns.symbol && !tells_instruments_apart(table.columns[*columns.symbol])) columns.symbol.reset();
  columns.timeframe = find_timeframe(table);
  return columns;
}

std::vector<std::optional<RoleMatch>> match_columns(const ColumnTable& table) {
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.emplace_back(column.name);
  return match_roles(names);
}

std::string column_list(const ColumnTable& table) {
  constexpr std::size_t kShown = 30;
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (names.size() == kShown) break;
    names.push_back(printable(column.name));
  }
  return fmt::format("{}{}", fmt::join(names, ", "), table.columns.size() > kShown ? ", ..." : "");
}

}  // namespace regimetry::market
