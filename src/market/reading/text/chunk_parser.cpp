#include "market/reading/text/chunk_parser.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "market/reading/text/not_a_table.hpp"

namespace regimetry::market {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The cell from `cursor` to the separator or line end, when it is not quoted.
bool scan_plain_cell(const char*& cursor, const char* end, char separator, std::string_view& cell) {
  const char* begin = cursor;
  while (cursor != end && *cursor != separator && *cursor != '\n') ++cursor;
  const char* cell_end = cursor;
  if (cell_end != begin && cell_end[-1] == '\r' && cursor != end && *cursor == '\n') --cell_end;
  cell = std::string_view(begin, static_cast<std::size_t>(cell_end - begin));
  cursor = cell_end;
  return cell.find('"') == std::string_view::npos;
}

// Moves behind the separator, or in the last column behind the line end. False when the cell does not end
// here.
bool take_cell_end(const char*& cursor, char separator, bool is_last) {
  if (is_last) {
    if (*cursor == '\r') ++cursor;
    if (*cursor != '\n') return false;
    ++cursor;
    return true;
  }
  if (*cursor != separator) return false;
  ++cursor;
  return true;
}

bool is_blank_cell(std::string_view cell) {
  return trim_blanks(cell).empty();
}

}  // namespace

ChunkParser::ChunkParser(const TableLayout& layout, const ReadPlan& plan, bool quotes_span_lines,
                         std::vector<Column>& columns, std::vector<std::uint8_t>& is_absolute,
                         std::int64_t first_slot)
    : layout_(layout),
      plan_(plan),
      quotes_span_lines_(quotes_span_lines),
      columns_(columns),
      is_absolute_(is_absolute),
      first_slot_(first_slot) {
  outcome_.words.resize(layout.columns.size());
}

ChunkOutcome ChunkParser::parse(std::string_view text, std::int64_t first_line) {
  first_line_ = first_line;
  const char* cursor = text.data();
  const char* const end = text.data() + text.size();
  std::int64_t line = first_line;
  RecordReader record(text, first_line, layout_.separator, quotes_span_lines_, layout_.columns.size() + 2);
  while (cursor != end) {
    const auto slot = static_cast<std::size_t>(first_slot_ + outcome_.row_count);
    const char* const row_begin = cursor;
    if (plan_.has_mixed_zones) is_absolute_[slot] = 0;  // a row that was passed over may have set it
    if (parse_plain_row(cursor, end, slot)) {
      keep_row(line);
      ++line;
      continue;
    }
    record.seek(static_cast<std::size_t>(row_begin - text.data()), line);
    if (!record.next()) break;
    if (parse_any_row(record, slot)) keep_row(record.line());
    cursor = text.data() + record.next_offset();
    line = record.next_line();
  }
  return std::move(outcome_);
}

void ChunkParser::keep_row(std::int64_t line) {
  // Lines are listed from the first row on that is not where counting would have it.
  if (!lines_are_listed_ && line != first_line_ + outcome_.row_count) {
    lines_are_listed_ = true;
    for (std::int64_t i = 0; i < outcome_.row_count; ++i) outcome_.lines.push_back(first_line_ + i);
  }
  if (lines_are_listed_) outcome_.lines.push_back(line);
  ++outcome_.row_count;
}

bool ChunkParser::parse_plain_row(const char*& cursor, const char* end, std::size_t slot) {
  const std::size_t column_count = plan_.columns.size();
  const std::int64_t absolute_before = outcome_.absolute_count;
  const std::int64_t naive_before = outcome_.naive_count;
  for (std::size_t column = 0; column < column_count; ++column) {
    if (parse_plain_cell(cursor, end, column, slot) &&
        take_cell_end(cursor, layout_.separator, column + 1 == column_count)) {
      continue;
    }
    outcome_.absolute_count = absolute_before;
    outcome_.naive_count = naive_before;
    if (plan_.has_mixed_zones) is_absolute_[slot] = 0;
    return false;
  }
  return true;
}

bool ChunkParser::parse_plain_cell(const char*& cursor, const char* end, std::size_t column,
                                   std::size_t slot) {
  std::string_view cell;
  switch (plan_.columns[column].use) {
    case ColumnUse::kNumber:
      return parse_plain_number(cursor, end, column, slot);
    case ColumnUse::kCategory:
      return parse_plain_word(cursor, end, column, slot);
    case ColumnUse::kStamp: {
      const char* at = cursor;
      TimestampNs stamp = 0;
      bool is_absolute = false;
      if (iso_stamps_.read(at, end, stamp, is_absolute) &&
          (*at == layout_.separator || *at == '\n' || *at == '\r')) {
        cursor = at;
        keep_stamp(column, slot, stamp, is_absolute);
        return true;
      }
      return scan_plain_cell(cursor, end, layout_.separator, cell) && set_stamp(cell, column, slot);
    }
    case ColumnUse::kSecondStamp:
      if (!scan_plain_cell(cursor, end, layout_.separator, cell)) return false;
      set_second_stamp(cell, column, slot);
      return true;
    case ColumnUse::kTimeOfDay:
      return scan_plain_cell(cursor, end, layout_.separator, cell) && set_time_of_day(cell, column, slot);
    case ColumnUse::kBoolean:
      return scan_plain_cell(cursor, end, layout_.separator, cell) && set_boolean(cell, column, slot);
    case ColumnUse::kEmpty:
      columns_[column].numbers[slot] = kNaN;
      return scan_plain_cell(cursor, end, layout_.separator, cell) && is_missing(cell);
    case ColumnUse::kSkip:
      break;
  }
  return scan_plain_cell(cursor, end, layout_.separator, cell);
}

bool ChunkParser::parse_plain_number(const char*& cursor, const char* end, std::size_t column,
                                     std::size_t slot) {
  const NumberStyle style = plan_.columns[column].style;
  double& value = columns_[column].numbers[slot];
  const char* at = cursor;
  if (style.decimal == '.' && read_plain_decimal(at, value) &&
      (*at == layout_.separator || *at == '\n' || *at == '\r')) {
    cursor = at;
    return true;
  }
  std::string_view cell;
  if (!scan_plain_cell(cursor, end, layout_.separator, cell)) return false;
  // Long digits ("30.774999618530273") and exponents.
  if (style.decimal == '.' && !cell.empty() &&
      (cell.front() == '-' || (cell.front() >= '0' && cell.front() <= '9'))) {
    const auto [stop, error] = fast_float::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc() && stop == cell.data() + cell.size() && cell.back() != 'y' &&
        cell.back() != 'f' && cell.back() != 'n') {
      return true;
    }
  }
  return set_number(cell, column, slot);
}

bool ChunkParser::parse_plain_word(const char*& cursor, const char* end, std::size_t column,
                                   std::size_t slot) {
  WordCodes& words = outcome_.words[column];
  const std::string_view last = words.last_word();
  if (words.last_code() >= 0 && end - cursor > std::ssize(last) &&
      std::memcmp(cursor, last.data(), last.size()) == 0) {
    const char after = cursor[last.size()];
    if (after == layout_.separator || after == '\n') {
      cursor += last.size();
      columns_[column].codes[slot] = words.last_code();
      return true;
    }
  }
  std::string_view cell;
  if (!scan_plain_cell(cursor, end, layout_.separator, cell)) return false;
  set_word(cell, column, slot);
  return true;
}

bool ChunkParser::parse_any_row(const RecordReader& record, std::size_t slot) {
  const std::vector<std::string_view>& cells = record.cells();
  const std::size_t expected = layout_.columns.size();
  if (record.is_quote_open()) {
    report(RowProblemKind::kOpenQuote, record.line(), -1, record.text());
    return false;
  }
  if (!layout_.header_text.empty() && record.text() == layout_.header_text) {
    if (outcome_.repeated_header_count++ == 0) outcome_.first_repeated_header = record.line();
    return false;
  }
  if (std::all_of(cells.begin(), cells.end(), is_blank_cell)) {
    if (outcome_.empty_row_count++ == 0) outcome_.first_empty_row = record.line();
    return false;
  }
  const bool ends_with_separator = cells.size() == expected + 1 && is_blank_cell(cells.back());
  if (cells.size() != expected && !ends_with_separator) {
    report(RowProblemKind::kCellCount, record.line(), -1, record.text(), cells.size());
    return false;
  }
  for (std::size_t column = 0; column < expected; ++column)
    parse_any_cell(cells[column], column, slot, record.line());
  return true;
}

void ChunkParser::parse_any_cell(std::string_view cell, std::size_t column, std::size_t slot,
                                 std::int64_t line) {
  const int idx = static_cast<int>(column);
  switch (plan_.columns[column].use) {
    case ColumnUse::kSkip:
      return;
    case ColumnUse::kNumber:
      if (!set_number(cell, column, slot)) report(RowProblemKind::kNotANumber, line, idx, cell);
      return;
    case ColumnUse::kBoolean:
      if (!set_boolean(cell, column, slot)) report(RowProblemKind::kNotABoolean, line, idx, cell);
      return;
    case ColumnUse::kCategory:
      set_word(cell, column, slot);
      return;
    case ColumnUse::kEmpty:
      columns_[column].numbers[slot] = kNaN;
      if (!is_missing(cell)) report(RowProblemKind::kNotEmpty, line, idx, cell);
      return;
    case ColumnUse::kStamp:
      if (!set_stamp(cell, column, slot)) {
        columns_[column].times[slot] = kMissingTime;
        report(is_missing(cell) ? RowProblemKind::kNoTime : RowProblemKind::kNotATime, line, idx, cell);
      }
      return;
    case ColumnUse::kSecondStamp:
      set_second_stamp(cell, column, slot);
      return;
    case ColumnUse::kTimeOfDay:
      if (!set_time_of_day(cell, column, slot)) {
        columns_[column].times[slot] = kMissingTime;
        report(is_missing(cell) ? RowProblemKind::kNoTime : RowProblemKind::kNotATime, line, idx, cell);
      }
      return;
  }
}

bool ChunkParser::set_number(std::string_view cell, std::size_t column, std::size_t slot) {
  double& value = columns_[column].numbers[slot];
  value = kNaN;
  if (is_missing(cell)) return true;
  const std::optional<double> number = parse_number(cell, plan_.columns[column].style);
  if (number) value = *number;
  return number.has_value();
}

bool ChunkParser::set_boolean(std::string_view cell, std::size_t column, std::size_t slot) {
  double& value = columns_[column].numbers[slot];
  value = kNaN;
  if (is_missing(cell)) return true;
  const std::optional<bool> truth = parse_boolean(cell);
  if (truth) value = *truth ? 1.0 : 0.0;
  return truth.has_value();
}

void ChunkParser::set_word(std::string_view cell, std::size_t column, std::size_t slot) {
  const std::string_view word = trim_blanks(cell);
  const bool missing = plan_.columns[column].is_symbol ? word.empty() : is_missing_word(word);
  columns_[column].codes[slot] = missing ? kMissingCode : outcome_.words[column].code_of(word);
}

bool ChunkParser::set_stamp(std::string_view cell, std::size_t column, std::size_t slot) {
  const std::optional<TimeParts> parts = scan_time(cell, plan_.forced_unit.has_value());
  if (!parts) return false;
  const std::optional<TimestampNs> stamp =
      resolve_time(*parts, plan_.columns[column].order, plan_.forced_unit);
  if (!stamp) return false;
  keep_stamp(column, slot, *stamp, parts->has_offset || parts->kind == TimeParts::Kind::kEpoch);
  return true;
}

void ChunkParser::set_second_stamp(std::string_view cell, std::size_t column, std::size_t slot) {
  const std::optional<TimeParts> parts = scan_time(cell);
  const std::optional<TimestampNs> stamp =
      parts ? resolve_time(*parts, plan_.columns[column].order) : std::nullopt;
  columns_[column].times[slot] = stamp.value_or(kMissingTime);
}

bool ChunkParser::set_time_of_day(std::string_view cell, std::size_t column, std::size_t slot) {
  const std::optional<TimeParts> parts = scan_time(cell);
  if (!parts || parts->kind != TimeParts::Kind::kTimeOfDay) return false;
  std::optional<std::int64_t> time_ns = parts->time_ns - parts->offset_ns;
  if (parts->compact_digits > 0) time_ns = compact_time_ns(parts->epoch_count, plan_.compact_time_digits);
  if (!time_ns) return false;
  columns_[column].times[slot] = *time_ns;
  if (parts->has_offset) {
    // The date beside it counts as naive, before this cell or after it; with this zone the row is not.
    --outcome_.naive_count;
    ++outcome_.absolute_count;
    if (plan_.has_mixed_zones) is_absolute_[slot] = 1;
  }
  return true;
}

void ChunkParser::keep_stamp(std::size_t column, std::size_t slot, TimestampNs stamp, bool is_absolute) {
  columns_[column].times[slot] = stamp;
  ++(is_absolute ? outcome_.absolute_count : outcome_.naive_count);
  if (plan_.has_mixed_zones && is_absolute) is_absolute_[slot] = 1;
}

void ChunkParser::report(RowProblemKind kind, std::int64_t line, int column, std::string_view text,
                         std::size_t cell_count) {
  if (outcome_.problem_count++ == 0) {
    outcome_.first_problem =
        RowProblem{kind, line, column, static_cast<std::int64_t>(cell_count), shorten(text, 100)};
  }
}

}  // namespace regimetry::market
