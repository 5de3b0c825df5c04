#include "market/writing/write_text.hpp"

#include <fast_float/fast_float.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace regimetry::market {
namespace {

// Rows formatted by one thread at a time: some megabytes of text.
constexpr std::int64_t kRowsPerChunk = 1 << 15;

void append_number(std::string& out, double value) {
  constexpr std::size_t kLongestNumber = 32;
  const std::size_t size = out.size();
  out.resize(size + kLongestNumber);
  const char* end = fmt::format_to(out.data() + size, FMT_COMPILE("{}"), value);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

// Readers mostly parse to double and then round to float. Rounding twice can end one float away (the shortest
// digits of 7.038531e-26 do), so such values get nine digits, which are too near to their float for that.
void append_single(std::string& out, float value) {
  const std::size_t size = out.size();
  constexpr std::size_t kLongestSingle = 24;
  out.resize(size + kLongestSingle);
  char* begin = out.data() + size;
  char* end = fmt::format_to(begin, FMT_COMPILE("{}"), value);
  double parsed = 0;
  fast_float::from_chars(begin, end, parsed);
  if (static_cast<float>(parsed) != value) end = fmt::format_to(begin, FMT_COMPILE("{:.9g}"), value);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

void append_stamp(std::string& out, TimestampNs stamp) {
  const std::size_t size = out.size();
  out.resize(size + kTimestampChars);
  const char* end = write_timestamp(out.data() + size, stamp);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

std::string csv_word(std::string_view word) {
  const bool is_plain = !word.empty() && word.find_first_of(",\"\n\r\t;") == std::string_view::npos &&
                        word.front() != ' ' && word.back() != ' ';
  if (is_plain) return std::string(word);
  std::string quoted = "\"";
  for (const char c : word) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string json_word(std::string_view word) {
  return nlohmann::json(word).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// What a format adds around values.
struct Dialect {
  std::string_view missing;
  std::string_view infinity, minus_infinity;
  bool quotes_stamps;
  std::string (*word)(std::string_view);
};
constexpr Dialect kCsv{"", "inf", "-inf", false, csv_word};
constexpr Dialect kJson{"null", "1e999", "-1e999", true, json_word};

// The words of a segment's category columns, quoted once instead of once per row.
std::vector<std::vector<std::string>> quoted_words(const OutputSegment& segment, const Dialect& dialect) {
  std::vector<std::vector<std::string>> words(segment.views.size());
  for (std::size_t c = 0; c < segment.views.size(); ++c) {
    const ColumnView& view = segment.views[c];
    if (view.categories != nullptr) {
      for (const std::string& category : *view.categories) words[c].push_back(dialect.word(category));
    } else if (!view.word.empty()) {
      words[c].push_back(dialect.word(view.word));
    }
  }
  return words;
}

class RowWriter {
 public:
  RowWriter(const OutputTable& table, TableFormat format)
      : table_(table), dialect_(format == TableFormat::kCsv ? kCsv : kJson) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool is_first = c == 0;
      if (format == TableFormat::kCsv)
        before_.emplace_back(is_first ? "" : ",");
      else
        before_.push_back(fmt::format("{}{}:", is_first ? "{" : ",", json_word(table.columns[c].name)));
    }
    row_end_ = format == TableFormat::kCsv ? "\n" : "}\n";
  }

  [[nodiscard]] const Dialect& dialect() const noexcept { return dialect_; }

  void append_row(std::string& out, const OutputSegment& segment,
                  const std::vector<std::vector<std::string>>& words, std::size_t row) const {
    for (std::size_t c = 0; c < before_.size(); ++c) {
      out += before_[c];
      append_value(out, table_.columns[c].kind, segment.views[c], words[c], row);
    }
    out += row_end_;
  }

 private:
  void append_value(std::string& out, ColumnKind kind, const ColumnView& view,
                    const std::vector<std::string>& words, std::size_t row) const {
    if (view.numbers != nullptr) return append_numeric(out, kind, view.numbers[row]);
    if (view.singles != nullptr) return append_numeric(out, kind, view.single_at(row));
    if (view.times != nullptr && view.times[row] != kMissingTime) {
      if (dialect_.quotes_stamps) out += '"';
      append_stamp(out, view.times[row]);
      if (dialect_.quotes_stamps) out += '"';
    } else if (view.codes != nullptr && view.codes[row] != kMissingCode) {
      out += words[static_cast<std::size_t>(view.codes[row])];
    } else if (view.codes == nullptr && !words.empty()) {
      out += words.front();
    } else {
      out += dialect_.missing;
    }
  }

  template <typename T>
  void append_numeric(std::string& out, ColumnKind kind, T value) const {
    if (std::isnan(value))
      out += dialect_.missing;
    else if (kind == ColumnKind::kBoolean)
      out += value != 0 ? "true" : "false";
    else if (std::isinf(value))
      out += value > 0 ? dialect_.infinity : dialect_.minus_infinity;
    else if constexpr (std::is_same_v<T, float>)
      append_single(out, value);
    else
      append_number(out, value);
  }

  const OutputTable& table_;
  Dialect dialect_;
  std::vector<std::string> before_;  // what stands before each value
  std::string_view row_end_;
};

std::string header_line(const OutputTable& table) {
  std::string header;
  for (const OutputColumn& column : table.columns) {
    if (!header.empty()) header += ',';
    header += csv_word(column.name);
  }
  return header + "\n";
}

struct Chunk {
  std::size_t segment;
  IndexRange rows;
};

std::vector<Chunk> cut_into_chunks(const OutputTable& table) {
  std::vector<Chunk> chunks;
  for (std::size_t s = 0; s < table.segments.size(); ++s) {
    const std::int64_t count = table.segments[s].row_count;
    for (std::int64_t begin = 0; begin < count; begin += kRowsPerChunk) {
      chunks.push_back({s, {begin, std::min(begin + kRowsPerChunk, count)}});
    }
  }
  return chunks;
}

}  // namespace

void write_text(const OutputTable& table, TableFormat format, ByteSink& sink, ThreadPool& pool,
                Observer& observer) {
  const RowWriter writer(table, format);
  if (format == TableFormat::kCsv) sink.write(header_line(table));
  std::vector<std::vector<std::vector<std::string>>> words;
  for (const OutputSegment& segment : table.segments)
    words.push_back(quoted_words(segment, writer.dialect()));

  // A wave of chunks is formatted at a time, so that text waits for the disk and memory stays small.
  const std::vector<Chunk> chunks = cut_into_chunks(table);
  const std::size_t wave = static_cast<std::size_t>(pool.thread_count()) * 4;
  std::vector<std::string> texts(wave);
  const std::int64_t row_count = table.row_count();
  std::int64_t written_rows = 0;
  for (std::size_t first = 0; first < chunks.size(); first += wave) {
    const std::size_t count = std::min(wave, chunks.size() - first);
    pool.parallel_for(static_cast<std::int64_t>(count), 1, [&](IndexRange range) {
      for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
        const Chunk& chunk = chunks[first + i];
        const OutputSegment& segment = table.segments[chunk.segment];
        texts[i].clear();
        for (std::int64_t position = chunk.rows.begin; position < chunk.rows.end; ++position) {
          writer.append_row(texts[i], segment, words[chunk.segment], segment.row_at(position));
        }
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      sink.write(texts[i]);
      written_rows += chunks[first + i].rows.size();
    }
    observer.on_progress("write", written_rows, row_count);
  }
  sink.finish();
}

}  // namespace regimetry::market
