#include "market/reading/text/plausible_bars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/error.hpp"

namespace regimetry::market {
namespace {

const std::vector<double>* values_of(const TableLayout& layout, const ParsedRows& rows, ColumnRole role) {
  const int column = layout.find_role(role);
  return column < 0 ? nullptr : &rows.columns[static_cast<std::size_t>(column)].numbers;
}

// The second volume column, in the quote currency; -1 when there is none.
int find_quote_volume(const TableLayout& layout) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const LayoutColumn& column = layout.columns[i];
    if (!column.role && !column.is_dropped && match_role(column.name) &&
        match_role(column.name)->role == ColumnRole::kVolume) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

// How far `quote` is from `base` times `price`, as a factor; 1 is a perfect fit.
double misfit(double base, double quote, double price) {
  const double ratio = quote / (base * price);
  return std::max(ratio, 1.0 / ratio);
}

}  // namespace

void check_headerless_order(const TableLayout& layout, const std::string& name, const ParsedRows& rows) {
  if (layout.has_header) return;
  const std::vector<double>* open = values_of(layout, rows, ColumnRole::kOpen);
  const std::vector<double>* high = values_of(layout, rows, ColumnRole::kHigh);
  const std::vector<double>* low = values_of(layout, rows, ColumnRole::kLow);
  const std::vector<double>* close = values_of(layout, rows, ColumnRole::kClose);
  if (open == nullptr || high == nullptr || low == nullptr || close == nullptr) return;
  std::int64_t wrong = 0;
  std::int64_t first_wrong = -1;
  for (std::size_t i = 0; i < open->size(); ++i) {
    const double top = std::max((*open)[i], (*close)[i]);
    const double bottom = std::min((*open)[i], (*close)[i]);
    if (!((*high)[i] < top) && !((*low)[i] > bottom)) continue;
    if (wrong++ == 0) first_wrong = static_cast<std::int64_t>(i);
  }
  if (2 * wrong <= rows.row_count) return;
  throw Error(ErrorKind::kData, fmt::format("{}:{}: the file has no header line, and its columns were taken "
                                            "for open, high, low, close in this order, "
                                            "but in {} of {} rows the high is not the highest or the low not "
                                            "the lowest. Add a header line that "
                                            "names the columns.",
                                            name, rows.origin.line_of(first_wrong), wrong, rows.row_count));
}

void restore_swapped_volumes(const TableLayout& layout, const std::string& name, ParsedRows& rows,
                             TextDialect& dialect, Observer& observer) {
  if (layout.export_name != "CryptoDataDownload") return;
  const int base_column = layout.find_role(ColumnRole::kVolume);
  const int quote_column = find_quote_volume(layout);
  const std::vector<double>* close = values_of(layout, rows, ColumnRole::kClose);
  if (base_column < 0 || quote_column < 0 || close == nullptr) return;
  std::vector<double>& base = rows.columns[static_cast<std::size_t>(base_column)].numbers;
  std::vector<double>& quote = rows.columns[static_cast<std::size_t>(quote_column)].numbers;
  if (base.empty() || quote.empty()) return;

  // Only rows that fit the swapped reading well and the written one badly count: a price within a factor of 5
  // of 1 proves nothing, and neither does a zero volume.
  constexpr double kGoodFit = 1.5;
  constexpr double kBadFit = 25.0;
  std::int64_t swapped = 0;
  std::int64_t first_line = 0;
  std::int64_t last_line = 0;
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!(base[i] > 0) || !(quote[i] > 0) || !((*close)[i] > 0)) continue;
    if (misfit(base[i], quote[i], (*close)[i]) < kBadFit || misfit(quote[i], base[i], (*close)[i]) > kGoodFit)
      continue;
    std::swap(base[i], quote[i]);
    const std::int64_t line = rows.origin.line_of(static_cast<std::int64_t>(i));
    first_line = swapped == 0 ? line : std::min(first_line, line);
    last_line = std::max(last_line, line);
    ++swapped;
  }
  if (swapped == 0) return;
  std::string text = fmt::format(
      "{}:{}: in {} rows (lines {} to {}) the columns '{}' and '{}' are swapped, as their ratio to the price "
      "shows; they were put right",
      name, first_line, swapped, first_line, last_line,
      layout.columns[static_cast<std::size_t>(base_column)].name,
      layout.columns[static_cast<std::size_t>(quote_column)].name);
  observer.on_warning(text);
  dialect.notes.push_back(std::move(text));
}

}  // namespace regimetry::market
