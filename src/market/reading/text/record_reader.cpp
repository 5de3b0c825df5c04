#include "market/reading/text/record_reader.hpp"

#include <cstring>

namespace regimetry::market {
namespace {

// `cursor` stands behind the opening quote.
CellEnd read_quoted_cell(const char*& cursor, const char* end, char separator, bool quotes_span_lines,
                         std::string_view& cell, std::string& unescaped, std::int64_t& line_breaks) {
  const char* begin = cursor;
  bool has_escapes = false;
  unescaped.clear();
  for (;; ++cursor) {
    if (cursor == end || (*cursor == '\n' && !quotes_span_lines)) {
      cell = std::string_view(begin, static_cast<std::size_t>(cursor - begin));
      if (cursor != end) ++cursor;
      return CellEnd::kOpenQuote;
    }
    if (*cursor == '\n') ++line_breaks;
    if (*cursor != '"') continue;
    if (cursor + 1 != end && cursor[1] == '"') {
      unescaped.append(begin, cursor + 1);
      begin = cursor + 2;
      has_escapes = true;
      ++cursor;
      continue;
    }
    break;
  }
  if (has_escapes) {
    unescaped.append(begin, cursor);
    cell = unescaped;
  } else {
    cell = std::string_view(begin, static_cast<std::size_t>(cursor - begin));
  }
  ++cursor;
  // Nothing but blanks should stand between the closing quote and the separator; what does is kept, so that a
  // number followed by rubbish does not pass for a number.
  const char* tail = cursor;
  while (cursor != end && *cursor != separator && *cursor != '\n') ++cursor;
  const char* tail_end = cursor;
  while (tail_end != tail && (tail_end[-1] == ' ' || tail_end[-1] == '\r' || tail_end[-1] == '\t'))
    --tail_end;
  if (tail_end != tail) {
    if (!has_escapes) unescaped.assign(cell);
    unescaped.append(tail, tail_end);
    cell = unescaped;
  }
  const bool at_line_end = cursor == end || *cursor == '\n';
  if (cursor != end) ++cursor;
  return at_line_end ? CellEnd::kLine : CellEnd::kSeparator;
}

bool is_blank_line(const char* begin, const char* end) {
  for (; begin != end; ++begin) {
    if (*begin != ' ' && *begin != '\r' && *begin != '\t') return false;
  }
  return true;
}

}  // namespace

CellEnd read_cell(const char*& cursor, const char* end, char separator, bool quotes_span_lines,
                  std::string_view& cell, std::string& unescaped, std::int64_t& line_breaks) {
  const char* begin = cursor;
  const char* first = cursor;
  while (first != end && *first == ' ' && separator != ' ') ++first;
  if (first != end && *first == '"') {
    cursor = first + 1;
    return read_quoted_cell(cursor, end, separator, quotes_span_lines, cell, unescaped, line_breaks);
  }
  while (cursor != end && *cursor != separator && *cursor != '\n') ++cursor;
  const char* cell_end = cursor;
  const bool at_line_end = cursor == end || *cursor == '\n';
  if (cursor != end) ++cursor;
  if (at_line_end && cell_end != begin && cell_end[-1] == '\r') --cell_end;
  cell = std::string_view(begin, static_cast<std::size_t>(cell_end - begin));
  return at_line_end ? CellEnd::kLine : CellEnd::kSeparator;
}

bool RecordReader::next() {
  while (cursor_ != end_) {
    const char* line_end =
        static_cast<const char*>(std::memchr(cursor_, '\n', static_cast<std::size_t>(end_ - cursor_)));
    if (line_end == nullptr) line_end = end_;
    if (!is_blank_line(cursor_, line_end)) break;
    cursor_ = line_end == end_ ? end_ : line_end + 1;
    ++next_line_;
  }
  if (cursor_ == end_) return false;
  cells_.clear();
  unescaped_.clear();
  quote_is_open_ = false;
  has_too_many_cells_ = false;
  line_ = next_line_;
  offset_ = static_cast<std::size_t>(cursor_ - begin_);
  std::int64_t line_breaks = 0;
  for (;;) {
    std::string_view cell;
    if (unescaped_.empty() || !unescaped_.back().empty()) unescaped_.emplace_back();
    const CellEnd cell_end =
        read_cell(cursor_, end_, separator_, quotes_span_lines_, cell, unescaped_.back(), line_breaks);
    cells_.push_back(cell);
    quote_is_open_ = quote_is_open_ || cell_end == CellEnd::kOpenQuote;
    if (cell_end != CellEnd::kSeparator) break;
    if (cells_.size() >= max_cells_) {
      has_too_many_cells_ = true;
      const char* line_end =
          static_cast<const char*>(std::memchr(cursor_, '\n', static_cast<std::size_t>(end_ - cursor_)));
      cursor_ = line_end == nullptr ? end_ : line_end + 1;
      break;
    }
  }
  next_line_ = line_ + line_breaks + 1;
  const char* text_begin = begin_ + offset_;
  const char* text_end = cursor_;
  while (text_end != text_begin && (text_end[-1] == '\n' || text_end[-1] == '\r')) --text_end;
  text_ = std::string_view(text_begin, static_cast<std::size_t>(text_end - text_begin));
  return true;
}

}  // namespace regimetry::market
