#include "labelling/bar_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <string_view>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/portable_math.hpp"
#include "core/printable.hpp"
#include "features/files/read_raw_features.hpp"
#include "market/column_roles.hpp"

namespace regimetry::labelling {
namespace {

using features::InputColumn;
using features::InputTable;
using market::ColumnKind;
using market::ColumnRole;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> names_of(const InputTable& table) {
  std::vector<std::string> names;
  for (const InputColumn& column : table.columns) names.push_back(column.name);
  return names;
}

// The number column that says most surely that it is a close, else an adjusted close.
std::optional<std::string> close_by_name(const InputTable& table) {
  std::vector<std::string_view> headers;  // of numbers only: a word is no price, whatever it is called
  for (const InputColumn& column : table.columns)
    if (column.kind == ColumnKind::kNumber) headers.emplace_back(column.name);
  for (const ColumnRole role : {ColumnRole::kClose, ColumnRole::kAdjustedClose})
    if (const auto at = market::surest_column(headers, role)) return std::string(headers[*at]);
  return std::nullopt;
}

}  // namespace

BarTable::BarTable(const std::filesystem::path& path, const std::optional<std::string>& close_column,
                   const market::ReadOptions& reading, ThreadPool& pool, Observer& observer)
    : input_(features::read_raw_features(path, reading, pool, observer)) {
  choose_close(close_column);
  if (close_column_) take_prices();
}

void BarTable::choose_close(const std::optional<std::string>& wanted) {
  if (!wanted) {
    close_column_ = close_by_name(table());
    return;
  }
  const InputColumn* column = table().find(*wanted);
  if (column == nullptr) {
    const std::vector<std::string> names = names_of(table());
    const std::optional<std::string> near = nearest_word(*wanted, names);
    throw Error(
        ErrorKind::kUsage,
        fmt::format("{} has no column '{}'{}. It has: {}", printable(table().source), printable(*wanted),
                    near ? fmt::format("; did you mean '{}'?", *near) : "", fmt::join(names, ", ")));
  }
  if (column->kind != ColumnKind::kNumber)
    throw Error(ErrorKind::kUsage, fmt::format("{}: the column '{}' holds no numbers, so it is no price",
                                               printable(table().source), printable(*wanted)));
  close_column_ = *wanted;
}

void BarTable::take_prices() {
  const auto column = static_cast<std::size_t>(table().find(*close_column_) - table().columns.data());
  for (const features::InputSegment& segment : table().segments) {
    const auto count = static_cast<std::size_t>(segment.row_count());
    std::vector<double> close(count, kNoNumber), returns(count, kNoNumber);
    for (std::size_t row = 0; row < count; ++row) {
      close[row] = features::number_at(segment.views[column], row);
      // A price of zero or below has no logarithm; no return is better than a wrong one.
      if (row > 0 && close[row] > 0 && close[row - 1] > 0)
        returns[row] = portable_log_ratio(close[row], close[row - 1]);
    }
    close_.push_back(std::move(close));
    returns_.push_back(std::move(returns));
  }
}

std::span<const double> BarTable::close(std::size_t segment) const noexcept {
  return close_.empty() ? std::span<const double>() : std::span<const double>(close_[segment]);
}

std::span<const double> BarTable::returns(std::size_t segment) const noexcept {
  return returns_.empty() ? std::span<const double>() : std::span<const double>(returns_[segment]);
}

}  // namespace regimetry::labelling
