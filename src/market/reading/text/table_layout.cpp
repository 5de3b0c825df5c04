#include "market/reading/text/table_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>

#include "core/error.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/text/column_naming.hpp"
#include "market/reading/text/export_recogniser.hpp"
#include "market/reading/text/not_a_table.hpp"
#include "market/reading/text/sample_records.hpp"
#include "market/reading/text/side_by_side.hpp"
#include "market/reading/time_format.hpp"

namespace regimetry::market {
namespace {

constexpr std::size_t kMaxPreambleLines = 20;

// Which columns hold values (numbers, dates) rather than words in most of the records after `first`.
std::vector<bool> typed_columns(const SampleRecords& split, std::size_t first) {
  std::vector<int> typed(split.cell_count, 0);
  std::vector<int> present(split.cell_count, 0);
  for (std::size_t i = first; i < split.records.size(); ++i) {
    const std::vector<std::string>& cells = split.records[i].cells;
    for (std::size_t c = 0; c < std::min(cells.size(), split.cell_count); ++c) {
      if (is_missing(cells[c])) continue;
      ++present[c];
      if (is_typed_cell(cells[c])) ++typed[c];
    }
  }
  std::vector<bool> is_typed(split.cell_count);
  for (std::size_t c = 0; c < split.cell_count; ++c)
    is_typed[c] = present[c] > 0 && 2 * typed[c] >= present[c];
  return is_typed;
}

// A header has words where the rows below have values.
bool is_header(const SampleRecords& split, std::size_t idx) {
  const std::vector<std::string>& cells = split.records[idx].cells;
  int roles = 0;
  int typed_here = 0;
  for (const std::string& cell : cells) {
    roles += match_role(cell) ? 1 : 0;
    typed_here += !is_missing(cell) && is_typed_cell(cell) ? 1 : 0;
  }
  if (roles >= 3 && typed_here == 0) return true;
  if (idx + 1 >= split.records.size()) return typed_here == 0;
  const std::vector<bool> below = typed_columns(split, idx + 1);
  int words_over_values = 0;
  int comparable = 0;
  for (std::size_t c = 0; c < std::min(cells.size(), below.size()); ++c) {
    if (!below[c] || is_missing(cells[c])) continue;
    ++comparable;
    if (!is_typed_cell(cells[c])) ++words_over_values;
  }
  return words_over_values > 0 && 2 * words_over_values > comparable;
}

// The first record that belongs to the table. Exports put URLs, titles and `sep=;` before it.
std::size_t first_table_record(const SampleRecords& split) {
  for (std::size_t i = 0; i < std::min(split.records.size(), kMaxPreambleLines); ++i) {
    const std::size_t count = split.records[i].cells.size();
    if (count == split.cell_count ||
        (count >= 3 && (count + 1 == split.cell_count || count == split.cell_count + 1)))
      return i;
  }
  return split.records.size();
}

void note_preamble(const SampleRecords& split, std::size_t count, TableLayout& layout) {
  for (std::size_t i = 0; i < count; ++i) {
    layout.notes.push_back(fmt::format("line {} before the table was passed over: '{}'",
                                       split.records[i].line, shorten(split.records[i].text)));
  }
}

std::optional<ShapeCell> shape_of(const std::string& cell) {
  if (is_missing(cell)) return std::nullopt;
  const std::optional<TimeParts> parts = scan_time(cell);
  if (parts && possible_orders(*parts) != 0) {
    if (parts->kind == TimeParts::Kind::kEpoch) return ShapeCell::kEpoch;
    return parts->has_time ? ShapeCell::kDateTime : ShapeCell::kDate;
  }
  // Digits alone are a time only as a full HHMM or HHMMSS; other numbers stay numbers.
  if (parts && parts->kind == TimeParts::Kind::kTimeOfDay && parts->compact_digits == 0)
    return ShapeCell::kTimeOfDay;
  if (parts && (parts->compact_digits == 6 || parts->compact_digits == 4) &&
      compact_time_ns(parts->epoch_count, parts->compact_digits)) {
    return ShapeCell::kTimeOfDay;
  }
  return number_styles(cell) != 0 ? ShapeCell::kNumber : ShapeCell::kWord;
}

// One answer per column from all sampled rows. A column that looks like HHMM in every row is only a time
// right after a date and when four numbers follow; recognise_shape() needs that told apart from prices.
HeaderlessShape shape_of_rows(const SampleRecords& split, std::size_t first) {
  HeaderlessShape shape;
  shape.separator = split.separator;
  for (std::size_t c = 0; c < split.cell_count; ++c) {
    std::map<ShapeCell, int> votes;
    int present = 0;
    for (std::size_t i = first; i < split.records.size(); ++i) {
      if (split.records[i].cells.size() != split.cell_count) continue;
      const std::string& cell = split.records[i].cells[c];
      const std::optional<ShapeCell> seen = shape_of(cell);
      if (!seen) continue;
      ++present;
      ++votes[*seen];
      if (const std::optional<TimeParts> parts = scan_time(cell); parts && *seen == ShapeCell::kDate)
        shape.date_mark = parts->date_mark;
    }
    ShapeCell winner = ShapeCell::kNumber;
    for (const auto& [cell, count] : votes) {
      if (2 * count > present) winner = cell;
    }
    const bool time_may_stand_here =
        c > 0 && shape.cells[c - 1] == ShapeCell::kDate && c + 4 < split.cell_count;
    const bool is_pure = votes.size() == 1;
    if (winner == ShapeCell::kTimeOfDay && !(time_may_stand_here && is_pure)) winner = ShapeCell::kNumber;
    shape.cells.push_back(winner);
  }
  return shape;
}

// "-(2018-10-12 12:00,...": characters before the first value of a file without header, left by whatever
// wrote it. Repaired when the cell is a value without them and the rows below show that it should be one.
void strip_stray_characters(SampleRecords& split, std::size_t first, TableLayout& layout) {
  SampleRecord& record = split.records[first];
  if (record.cells.empty() || first + 1 >= split.records.size() || is_typed_cell(record.cells[0])) return;
  if (!typed_columns(split, first + 1)[0]) return;
  std::size_t stray = 0;
  const auto is_stray = [](char c) {
    return std::string_view("-+([{'`<>*#=:;,. \t\"").find(c) != std::string_view::npos;
  };
  while (stray < std::min<std::size_t>(record.cells[0].size(), 8) && is_stray(record.cells[0][stray]))
    ++stray;
  const std::string rest = record.cells[0].substr(stray);
  if (stray == 0 || !is_typed_cell(rest)) return;
  layout.notes.push_back(fmt::format("line {}: the stray characters '{}' before the first value were removed",
                                     record.line, record.cells[0].substr(0, stray)));
  record.cells[0] = rest;
  record.offset += static_cast<std::int64_t>(stray);
}

void take_facts(const ExportFacts& facts, TableLayout& layout) {
  layout.export_name = facts.name;
  layout.date_order = facts.date_order;
  layout.time_zone = facts.time_zone;
  layout.clock_advice = facts.clock_advice;
}

void begin_data_at(const SampleRecord& record, TableLayout& layout) {
  layout.data_begin = record.offset;
  layout.data_line = record.line;
  layout.header_lines = static_cast<int>(record.line) - 1;
}

void lay_out_headerless(SampleRecords& split, std::size_t first, const std::string& name,
                        TableLayout& layout) {
  strip_stray_characters(split, first, layout);
  begin_data_at(split.records[first], layout);
  const std::optional<HeaderlessExport> found = recognise_shape(shape_of_rows(split, first));
  if (!found) throw_no_market_table(name, split.records[first].line, split.records[first].text);
  take_facts(found->facts, layout);
  for (const std::string& column : found->column_names) {
    layout.columns.push_back({.name = column, .role = std::nullopt, .heading = column});
  }
  layout.notes.push_back("the file has no header line: columns were recognised by what they hold");
}

// A separator at the end of every line makes one empty cell more; any other difference would shift names
// against values.
void require_one_name_per_column(const SampleRecords& split, std::size_t header, const std::string& name) {
  const SampleRecord& record = split.records[header];
  const std::size_t names = record.cells.size();
  if (names == split.cell_count) return;
  bool is_harmless = false;
  if (names == split.cell_count + 1) is_harmless = trim_blanks(record.cells.back()).empty();
  if (names + 1 == split.cell_count) {
    is_harmless =
        std::all_of(split.records.begin() + static_cast<std::ptrdiff_t>(header) + 1, split.records.end(),
                    [&](const SampleRecord& row) {
                      return row.cells.size() != split.cell_count || trim_blanks(row.cells.back()).empty();
                    });
  }
  if (is_harmless) return;
  throw Error(ErrorKind::kData, fmt::format("{}:{}: the header names {} columns, but rows have {}. Make the "
                                            "header fit the rows: which name belongs "
                                            "to which column cannot be told.",
                                            name, record.line, names, split.cell_count));
}

void lay_out_with_header(const SampleRecords& split, std::size_t header, const std::string& name,
                         TableLayout& layout) {
  const SampleRecord& record = split.records[header];
  layout.has_header = true;
  layout.header_text = record.text;
  if (header + 1 >= split.records.size()) {
    throw_no_rows(name, record.line, record.text);
  }
  require_one_name_per_column(split, header, name);
  begin_data_at(split.records[header + 1], layout);
  take_facts(recognise_header(record.cells), layout);
  layout.columns = name_columns(record.cells, split.cell_count);
}

}  // namespace

int TableLayout::find_role(ColumnRole role) const noexcept {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role == role) return static_cast<int>(i);
  }
  return -1;
}

TableLayout recognise_layout(const TextSample& sample, const std::string& name, const ReadOptions& options) {
  const std::optional<char> separator =
      options.separator ? std::optional(parse_separator(*options.separator)) : std::nullopt;
  std::optional<SampleRecords> split = split_sample(sample, separator, options.max_columns, name);
  if (!split) throw_not_a_table(name, sample, options);
  const std::size_t first = first_table_record(*split);
  if (first == split->records.size()) throw_not_a_table(name, sample, options);

  TableLayout layout;
  layout.separator = split->separator;
  note_preamble(*split, first, layout);
  if (const std::optional<SideBySideHeader> header = find_side_by_side_header(*split, first)) {
    lay_out_side_by_side(*split, first, *header, name, layout);
    return layout;
  }
  const bool has_header = is_header(*split, first);
  if (has_header) {
    lay_out_with_header(*split, first, name, layout);
  } else {
    lay_out_headerless(*split, first, name, layout);
  }
  const std::size_t first_data = has_header ? first + 1 : first;
  assign_roles(*split, first_data, name, options, layout);
  return layout;
}

}  // namespace regimetry::market
