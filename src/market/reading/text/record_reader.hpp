// Splits a chunk of text into records (rows) and cells, minding quotes.
//
// A quote opens a quoted cell only at its beginning (blanks before it are allowed); "" inside is one quote. A
// quoted cell may hold separators. It may hold line ends only where `quotes_span_lines` says so, because
// chunks of a file are read in parallel on the assumption that a line end is the end of a record;
// is_quote_open() tells when that was wrong. Input must end with '\n' (TextSource::read_lines sees to it).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace regimetry::market {

enum class CellEnd : std::uint8_t { kSeparator, kLine, kOpenQuote };

// Reads one cell starting at `cursor` and moves it behind the separator or line end. `cell` points into the
// text, or into `unescaped` where quotes had to be removed. `line_breaks` counts line ends inside the cell.
[[nodiscard]] CellEnd read_cell(const char*& cursor, const char* end, char separator, bool quotes_span_lines,
                                std::string_view& cell, std::string& unescaped, std::int64_t& line_breaks);

class RecordReader {
 public:
  RecordReader(std::string_view text, std::int64_t first_line, char separator, bool quotes_span_lines = false,
               std::size_t max_cells = SIZE_MAX)
      : begin_(text.data()),
        cursor_(text.data()),
        end_(text.data() + text.size()),
        next_line_(first_line),
        separator_(separator),
        quotes_span_lines_(quotes_span_lines),
        max_cells_(max_cells) {}

  // Moves to the next record that is not blank; false at the end. The views of the last record end with it.
  bool next();
  // Goes on at `offset` of the text, the beginning of line `line`.
  void seek(std::size_t offset, std::int64_t line) {
    cursor_ = begin_ + offset;
    next_line_ = line;
  }
  [[nodiscard]] std::size_t next_offset() const noexcept {
    return static_cast<std::size_t>(cursor_ - begin_);
  }
  [[nodiscard]] std::int64_t next_line() const noexcept { return next_line_; }
  [[nodiscard]] const std::vector<std::string_view>& cells() const noexcept { return cells_; }
  [[nodiscard]] std::int64_t line() const noexcept { return line_; }  // of the record's first line
  [[nodiscard]] std::string_view text() const noexcept {
    return text_;
  }  // the whole record without its line end
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }  // of the record in the text
  [[nodiscard]] bool is_quote_open() const noexcept { return quote_is_open_; }
  [[nodiscard]] bool has_too_many_cells() const noexcept { return has_too_many_cells_; }

 private:
  const char* begin_;
  const char* cursor_;
  const char* end_;
  std::int64_t next_line_;
  char separator_;
  bool quotes_span_lines_;
  std::size_t max_cells_;

  std::vector<std::string_view> cells_;
  std::deque<std::string> unescaped_;  // backs cells whose quotes were removed
  std::int64_t line_ = 0;
  std::string_view text_;
  std::size_t offset_ = 0;
  bool quote_is_open_ = false;
  bool has_too_many_cells_ = false;
};

}  // namespace regimetry::market
