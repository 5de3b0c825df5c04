#include "features/transform/match_columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"

namespace regimetry::features {
namespace {

using market::ColumnKind;

bool holds_nothing(const InputTable& table, std::size_t column) {
  for (const InputSegment& segment : table.segments) {
    const market::ColumnView& view = segment.views[column];
    for (std::int64_t row = 0; row < segment.row_count(); ++row) {
      const auto i = static_cast<std::size_t>(row);
      const bool is_missing = view.codes != nullptr   ? view.codes[row] == market::kMissingCode
                              : view.times != nullptr ? view.times[row] == market::kMissingTime
                                                      : std::isnan(number_at(view, i));
      if (!is_missing) return false;
    }
  }
  return true;
}

bool holds_zeros_and_ones(const InputTable& table, std::size_t column) {
  for (const InputSegment& segment : table.segments) {
    for (std::int64_t row = 0; row < segment.row_count(); ++row) {
      const double value = number_at(segment.views[column], static_cast<std::size_t>(row));
      if (!std::isnan(value) && value != 0 && value != 1) return false;
    }
  }
  return true;
}

// A yes is 1 wherever features are written as numbers, and a file does not show the kind of an empty column.
bool can_stand_for(const InputTable& table, std::size_t column, ColumnKind wanted) {
  const ColumnKind kind = table.columns[column].kind;
  if (kind == wanted) return true;
  if (kind == ColumnKind::kBoolean && wanted == ColumnKind::kNumber) return true;
  return kind == ColumnKind::kNumber && wanted == ColumnKind::kBoolean && holds_zeros_and_ones(table, column);
}

}  // namespace

std::vector<MatchedColumn> match_columns(const InputTable& table, const std::vector<InputColumn>& wanted) {
  std::vector<MatchedColumn> matched;
  std::vector<std::string> problems, names;
  for (const InputColumn& column : table.columns) names.push_back(column.name);
  for (const InputColumn& column : wanted) {
    const InputColumn* found = table.find(column.name);
    if (found == nullptr) {
      const auto near = nearest_word(column.name, names);
      problems.push_back(fmt::format("'{}' is missing{}", printable(column.name),
                                     near ? fmt::format(" (is it '{}'?)", printable(*near)) : std::string()));
      continue;
    }
    const auto index = static_cast<std::size_t>(found - table.columns.data());
    const bool is_fitting = can_stand_for(table, index, column.kind);
    if (is_fitting || holds_nothing(table, index)) {
      matched.push_back({index, !is_fitting});
      continue;
    }
    problems.push_back(fmt::format("'{}' holds {} values where the transform was fitted on {} ones",
                                   printable(column.name), market::kind_name(found->kind),
                                   market::kind_name(column.kind)));
  }
  if (problems.empty()) return matched;
  constexpr std::size_t kMostProblems = 10;
  const std::size_t shown = std::min(problems.size(), kMostProblems);
  throw Error(
      ErrorKind::kData,
      fmt::format(
          "{}: does not have the columns that the transform was fitted on: {}{}. Apply it to a table "
          "made as that one was, or fit it again on this one.",
          printable(table.source),
          fmt::join(problems.begin(), problems.begin() + static_cast<std::ptrdiff_t>(shown), "; "),
          shown < problems.size() ? fmt::format("; and {} more", problems.size() - shown) : std::string()));
}

}  // namespace regimetry::features
