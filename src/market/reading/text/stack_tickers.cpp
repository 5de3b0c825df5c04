#include "market/reading/text/stack_tickers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace regimetry::market {
namespace {

std::string field_name(const LayoutColumn& column) {
  return std::string(column.role ? role_name(*column.role) : column.name);
}

// The names of all fields, in order of first appearance.
std::vector<std::string> field_names(const TableLayout& layout) {
  std::vector<std::string> names;
  for (const LayoutColumn& column : layout.columns) {
    if (column.ticker_idx < 0 || column.is_dropped) continue;
    const std::string name = field_name(column);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

// The values of each field for one ticker; null where it has no such field.
std::vector<const std::vector<double>*> fields_of(const TableLayout& layout, const ParsedRows& rows,
                                                  int ticker, const std::vector<std::string>& names) {
  std::vector<const std::vector<double>*> fields(names.size(), nullptr);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (layout.columns[i].ticker_idx != ticker || rows.columns[i].numbers.empty()) continue;
    const auto at = std::find(names.begin(), names.end(), field_name(layout.columns[i])) - names.begin();
    fields[static_cast<std::size_t>(at)] = &rows.columns[i].numbers;
  }
  return fields;
}

bool has_any_value(const std::vector<const std::vector<double>*>& fields, std::size_t row) {
  return std::any_of(fields.begin(), fields.end(), [row](const std::vector<double>* values) {
    return values != nullptr && !std::isnan((*values)[row]);
  });
}

}  // namespace

StackedTable stack_tickers(const TableLayout& layout, std::size_t stamp_column, const ParsedRows& rows) {
  const std::vector<std::string> names = field_names(layout);
  StackedTable stacked;
  Column stamps{"timestamp", ColumnKind::kTime, {}, {}, {}, {}};
  Column symbols{"symbol", ColumnKind::kCategory, {}, {}, layout.tickers, {}};
  std::vector<Column> fields;
  for (const std::string& name : names) fields.push_back({name, ColumnKind::kNumber, {}, {}, {}, {}});

  for (std::size_t ticker = 0; ticker < layout.tickers.size(); ++ticker) {
    const auto sources = fields_of(layout, rows, static_cast<int>(ticker), names);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows.row_count); ++row) {
      if (!has_any_value(sources, row)) {
        ++stacked.absent_rows;
        continue;
      }
      stamps.times.push_back(rows.columns[stamp_column].times[row]);
      symbols.codes.push_back(static_cast<std::int32_t>(ticker));
      stacked.table.origin.lines.push_back(rows.origin.line_of(static_cast<std::int64_t>(row)));
      for (std::size_t f = 0; f < fields.size(); ++f) {
        fields[f].numbers.push_back(sources[f] == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                                          : (*sources[f])[row]);
      }
    }
  }
  stacked.table.row_count = std::ssize(stamps.times);
  stacked.table.columns.push_back(std::move(stamps));
  stacked.table.columns.push_back(std::move(symbols));
  for (Column& field : fields) stacked.table.columns.push_back(std::move(field));
  return stacked;
}

}  // namespace regimetry::market
