#include "market/reading/text/quoted_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "market/reading/text/record_reader.hpp"

namespace regimetry::market {
namespace {

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// `"a<tab>b"`, with doubled quotes inside at most.
bool is_one_quoted_string(std::string_view line) {
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return false;
  const std::string_view inner = line.substr(1, line.size() - 2);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] != '"') continue;
    if (i + 1 == inner.size() || inner[i + 1] != '"') return false;
    ++i;
  }
  return true;
}

bool has_separator(std::string_view line) {
  return line.find_first_of(",;\t|") != std::string_view::npos;
}

void append_unquoted(std::string& text, std::string_view line) {
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    text += line[i];
    if (line[i] == '"') ++i;
  }
  text += '\n';
}

}  // namespace

std::optional<std::string> unquote_whole_lines(const TextSource& source, std::int64_t begin) {
  std::string buffer;
  // One line is enough to rule it out for nearly every file.
  std::string_view head =
      source.read(begin, std::min<std::int64_t>(source.size(), begin + (1 << 16)), buffer);
  const std::string_view first = next_line(head);
  if (!is_one_quoted_string(first) || !has_separator(first)) return std::nullopt;
  std::string_view text = source.read(begin, source.size(), buffer);
  std::string unquoted;
  unquoted.reserve(text.size());
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.empty()) {
      unquoted += '\n';
    } else if (is_one_quoted_string(line)) {
      append_unquoted(unquoted, line);
    } else {
      return std::nullopt;
    }
  }
  return unquoted;
}

bool recut_at_closed_quotes(const TextSource& source, char separator, std::vector<TextChunk>& chunks) {
  constexpr std::int64_t kChunkBytes = 1 << 20;
  if (chunks.empty()) return false;
  const std::int64_t begin = chunks.front().begin;
  const std::int64_t end = chunks.back().end;
  std::string buffer;
  const std::string_view text = source.read_lines(begin, end, buffer);
  RecordReader reader(text, chunks.front().first_line, separator, true);
  std::vector<TextChunk> recut;
  TextChunk open = {begin, begin, chunks.front().first_line, 0};
  std::int64_t records = 0;
  while (reader.next()) {
    // A quote that never closes swallows the rest; better to report its line than to read the rest as one
    // cell.
    if (reader.is_quote_open()) return false;
    ++records;
    open.end = std::min(begin + static_cast<std::int64_t>(reader.next_offset()), end);
    open.line_count = reader.next_line() - open.first_line;
    if (open.end - open.begin < kChunkBytes) continue;
    recut.push_back(open);
    open = {open.end, open.end, reader.next_line(), 0};
  }
  if (open.end > open.begin) recut.push_back(open);
  std::int64_t lines = 0;
  for (const TextChunk& chunk : chunks) lines += chunk.line_count;
  if (records == lines || recut.empty()) return false;
  chunks = std::move(recut);
  return true;
}

}  // namespace regimetry::market
