#include "market/column_selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"

namespace regimetry::market {
namespace {

constexpr std::array<std::string_view, 7> kBarColumns = {"timestamp", "symbol", "open",  "high",
                                                         "low",       "close",  "volume"};

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_kept(const ColumnSelection& selection, const std::string& name) {
  if (contains(selection.exclude, name) || contains(selection.exclude, "*")) return false;
  return contains(selection.include, "*") || contains(selection.include, name);
}

void check_names(const ColumnSelection& selection, const std::vector<std::string>& known) {
  for (const std::vector<std::string>* names : {&selection.include, &selection.exclude}) {
    for (const std::string& name : *names) {
      const bool is_bar_column = std::find(kBarColumns.begin(), kBarColumns.end(), name) != kBarColumns.end();
      if (name == "*" || is_bar_column || contains(known, name)) continue;
      const std::optional<std::string> near = nearest_word(name, known);
      throw Error(ErrorKind::kUsage,
                  fmt::format("{} names the column '{}', which the data has not{}",
                              names == &selection.include ? "--include-columns" : "--exclude-columns",
                              printable(name),
                              near ? fmt::format("; did you mean '{}'?", printable(*near)) : std::string()));
    }
  }
}

void erase_others(std::vector<Column>& columns, const ColumnSelection& selection) {
  std::erase_if(columns, [&](const Column& column) { return !is_kept(selection, column.name); });
}

}  // namespace

void select_columns(MarketData& data, const ColumnSelection& selection) {
  std::vector<std::string> known;
  for (const Bars& bars : data.instruments) {
    for (const Column& extra : bars.extras) {
      if (!contains(known, extra.name)) known.push_back(extra.name);
    }
  }
  check_names(selection, known);
  for (Bars& bars : data.instruments) erase_others(bars.extras, selection);
}

void select_columns(SignalTable& table, const ColumnSelection& selection) {
  std::vector<std::string> known;
  for (const Column& column : table.columns) known.push_back(column.name);
  check_names(selection, known);
  erase_others(table.columns, selection);
}

}  // namespace regimetry::market
