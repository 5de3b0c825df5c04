#include "market/reading/text/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/text/not_a_table.hpp"

namespace regimetry::market {
namespace {

bool is_row_label(const std::string& cell, std::initializer_list<std::string_view> labels) {
  const std::string key = header_key(cell);
  return std::find(labels.begin(), labels.end(), key) != labels.end();
}

// Every named cell but the first is a field of a bar, and there are several.
bool holds_fields(const std::vector<std::string>& cells) {
  std::size_t fields = 0;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const std::optional<ColumnRole> role = role_of(cells[i]);
    const bool is_field =
        role && *role != ColumnRole::kSymbol && *role != ColumnRole::kDate && *role != ColumnRole::kTimestamp;
    if (!is_field && !is_row_label(cells[i], {"dividends", "stocksplits", "capitalgains", "repaired"}))
      return false;
    ++fields;
  }
  return fields >= 1;
}

bool holds_tickers(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin() + 1, cells.end(), [](const std::string& cell) {
    return !trim_blanks(cell).empty() && number_styles(cell) == 0;
  });
}

bool names_only_the_first_column(const std::vector<std::string>& cells) {
  if (!is_row_label(cells[0], {"date", "datetime", "timestamp"})) return false;
  return std::all_of(cells.begin() + 1, cells.end(),
                     [](const std::string& cell) { return trim_blanks(cell).empty(); });
}

}  // namespace

std::optional<SideBySideHeader> find_side_by_side_header(const SampleRecords& split, std::size_t first) {
  if (first + 2 >= split.records.size()) return std::nullopt;
  const std::vector<std::string>& upper = split.records[first].cells;
  const std::vector<std::string>& lower = split.records[first + 1].cells;
  const std::vector<std::string>& third = split.records[first + 2].cells;
  if (upper.size() < 2 || upper.size() != lower.size()) return std::nullopt;
  const bool labels_fit = is_row_label(upper[0], {"price", "attributes", "ticker", "symbols", ""}) &&
                          is_row_label(lower[0], {"ticker", "symbols", "price", "attributes", ""});
  if (!labels_fit) return std::nullopt;

  SideBySideHeader header;
  if (holds_fields(upper) && holds_tickers(lower)) {
    header.ticker_row = 1;
  } else if (holds_tickers(upper) && holds_fields(lower)) {
    header.field_row = 1;
  } else {
    return std::nullopt;
  }
  if (third.size() == upper.size() && names_only_the_first_column(third)) {
    header.row_count = 3;
    header.time_name = third[0];
  }
  return header;
}

void lay_out_side_by_side(const SampleRecords& split, std::size_t first, const SideBySideHeader& header,
                          const std::string& name, TableLayout& layout) {
  const std::vector<std::string>& fields = split.records[first + header.field_row].cells;
  const std::vector<std::string>& tickers = split.records[first + header.ticker_row].cells;
  if (first + header.row_count >= split.records.size()) {
    throw_no_rows(name, split.records[first].line, split.records[first].text);
  }
  const SampleRecord& data = split.records[first + header.row_count];
  layout.export_name = "yfinance";
  layout.has_header = true;
  layout.header_text = split.records[first].text;
  layout.data_begin = data.offset;
  layout.data_line = data.line;
  layout.header_lines = static_cast<int>(data.line) - 1;
  layout.columns.push_back({header.time_name, ColumnRole::kTimestamp, -1});
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const std::string ticker(trim_blanks(tickers[i]));
    auto known = std::find(layout.tickers.begin(), layout.tickers.end(), ticker);
    if (known == layout.tickers.end()) known = layout.tickers.insert(known, ticker);
    layout.columns.push_back(
        {fields[i], role_of(fields[i]), static_cast<int>(known - layout.tickers.begin())});
  }
}

}  // namespace regimetry::market
