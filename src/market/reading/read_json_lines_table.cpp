#include "market/reading/read_json_lines_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "market/reading/decompress.hpp"
#include "market/reading/json_line_columns.hpp"
#include "market/reading/number_format.hpp"
#include "market/reading/text_source.hpp"
#include "market/reading/text_survey.hpp"

namespace regimetry::market {
namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();

using Chunks = std::vector<JsonLineColumns>;

void parse_chunk(const TextSource& source, const TextChunk& chunk, JsonLineColumns& columns) {
  std::string buffer;
  std::string_view text = source.read_lines(chunk.begin, chunk.end, buffer);
  for (std::int64_t line = chunk.first_line; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    try {
      columns.add_row(row, line);
    } catch (const JsonLineError& error) {
      throw Error(ErrorKind::kData,
                  fmt::format("{}:{}{}: {}. Expected one JSON object per line, such as {{\"timestamp\": "
                              "\"2024-01-02T00:00:00Z\", \"close\": 1.5}}.",
                              source.name(), line, error.column > 0 ? fmt::format(":{}", error.column) : "",
                              error.what));
    }
  }
}

Chunks parse_chunks(const TextSource& source, const TextSurvey& survey, JsonReadMode mode, ThreadPool& pool,
                    Observer& observer) {
  Chunks chunks(survey.chunks.size(), JsonLineColumns(mode));
  std::mutex mutex;
  std::int64_t done = 0;
  pool.parallel_for(static_cast<std::int64_t>(chunks.size()), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      parse_chunk(source, survey.chunks[i], chunks[i]);
      const std::lock_guard<std::mutex> lock(mutex);
      observer.on_progress("read", done += survey.chunks[i].end - survey.chunks[i].begin, source.size());
    }
  });
  return chunks;
}

// One key over all chunks.
struct KeyParts {
  std::string name;
  std::vector<JsonColumn*> parts;  // one per chunk; null where the chunk has no such key
  JsonColumn::Seen integers, fractions, booleans, words, nested, instants, wall_clocks, days;
};

void add(JsonColumn::Seen& total, const JsonColumn::Seen& part) {
  if (total.count == 0) total.first_line = part.first_line;
  total.count += part.count;
}

std::vector<KeyParts> gather_keys(Chunks& chunks, const std::string& source, const ReadOptions& options) {
  std::vector<KeyParts> keys;
  std::unordered_map<std::string, std::size_t> key_by_name;
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    for (JsonColumn& column : chunks[c].columns()) {
      const auto [entry, is_new] = key_by_name.try_emplace(column.name, keys.size());
      if (is_new)
        keys.push_back(
            {column.name, std::vector<JsonColumn*>(chunks.size(), nullptr), {}, {}, {}, {}, {}, {}, {}, {}});
      KeyParts& key = keys[entry->second];
      key.parts[c] = &column;
      add(key.integers, column.integers);
      add(key.fractions, column.fractions);
      add(key.booleans, column.booleans);
      add(key.words, column.words_seen);
      add(key.nested, column.nested);
      add(key.instants, column.instants);
      add(key.wall_clocks, column.wall_clocks);
      add(key.days, column.days);
    }
  }
  if (static_cast<std::int64_t>(keys.size()) > options.max_columns) {
    throw Error(ErrorKind::kData, fmt::format("{}: has {} different keys, more than the limit of {}", source,
                                              keys.size(), options.max_columns));
  }
  return keys;
}

// Where the rows of each chunk begin in the table.
std::vector<std::int64_t> row_offsets(const Chunks& chunks) {
  std::vector<std::int64_t> offsets = {0};
  for (const JsonLineColumns& chunk : chunks) offsets.push_back(offsets.back() + chunk.row_count());
  return offsets;
}

template <typename T>
std::vector<T> join(const KeyParts& key, std::vector<T> JsonColumn::*member, T missing,
                    const std::vector<std::int64_t>& offsets, ThreadPool& pool) {
  std::vector<T> joined(static_cast<std::size_t>(offsets.back()), missing);
  pool.parallel_for(static_cast<std::int64_t>(key.parts.size()), 1, [&](IndexRange range) {
    for (auto c = static_cast<std::size_t>(range.begin); c < static_cast<std::size_t>(range.end); ++c) {
      if (key.parts[c] == nullptr) continue;
      std::vector<T>& part = key.parts[c]->*member;
      std::copy(part.begin(), part.end(), joined.begin() + offsets[c]);
      std::vector<T>().swap(part);
    }
  });
  return joined;
}

// Gives the words of all chunks one numbering.
std::vector<std::string> unite_words(const KeyParts& key) {
  WordCodes all;
  for (JsonColumn* part : key.parts) {
    if (part == nullptr) continue;
    std::vector<std::int32_t> united;
    for (const std::string& word : part->words.words()) united.push_back(all.code_of(word));
    for (std::int32_t& code : part->codes) {
      if (code != kMissingCode) code = united[static_cast<std::size_t>(code)];
    }
  }
  return all.words();
}

// Writers without NaN in their JSON put "NaN" or "" among the numbers.
bool all_words_mean_missing(const KeyParts& key) {
  return std::all_of(key.parts.begin(), key.parts.end(), [](const JsonColumn* part) {
    return part == nullptr || std::all_of(part->words.words().begin(), part->words.words().end(),
                                          [](const std::string& word) { return is_missing(word); });
  });
}

[[noreturn]] void fail_mixed(const std::string& source, const std::string& name, const JsonColumn::Seen& one,
                             std::string_view one_kind, const JsonColumn::Seen& other,
                             std::string_view other_kind) {
  throw Error(ErrorKind::kData,
              fmt::format("{}:{}: '{}' holds {} here and {} in line {}. Write one kind throughout.", source,
                          one.first_line, printable(name), one_kind, other_kind, other.first_line));
}

struct JoinedColumn {
  Column column;
  TimeEncoding encoding = TimeEncoding::kNone;
};

// The column of a key; nothing when it holds nested values.
std::optional<JoinedColumn> join_key(const KeyParts& key, const std::vector<std::int64_t>& offsets,
                                     const std::string& source, ThreadPool& pool) {
  if (key.nested.count > 0) return std::nullopt;
  JoinedColumn joined;
  joined.column.name = key.name;
  const bool has_numbers = key.integers.count + key.fractions.count > 0;
  const std::int64_t stamps = key.instants.count + key.wall_clocks.count + key.days.count;
  if (stamps > 0) {
    if (has_numbers) {
      fail_mixed(source, key.name, key.words, "a time in words",
                 key.integers.count > 0 ? key.integers : key.fractions, "a number");
    }
    joined.column.kind = ColumnKind::kTime;
    joined.column.times = join(key, &JsonColumn::times, kMissingTime, offsets, pool);
    joined.encoding = key.instants.count > 0      ? TimeEncoding::kInstant
                      : key.wall_clocks.count > 0 ? TimeEncoding::kWallClock
                                                  : TimeEncoding::kDate;
    return joined;
  }
  if (key.words.count > 0 && !((has_numbers || key.booleans.count > 0) && all_words_mean_missing(key))) {
    if (has_numbers) {
      fail_mixed(source, key.name, key.words, "a word", key.integers.count > 0 ? key.integers : key.fractions,
                 "a number");
    }
    if (key.booleans.count > 0)
      fail_mixed(source, key.name, key.words, "a word", key.booleans, "true or false");
    joined.column.kind = ColumnKind::kCategory;
    joined.column.categories = unite_words(key);
    joined.column.codes = join(key, &JsonColumn::codes, kMissingCode, offsets, pool);
    return joined;
  }
  const bool is_time = std::any_of(key.parts.begin(), key.parts.end(),
                                   [](const JsonColumn* p) { return p != nullptr && p->is_time; });
  if (is_time && key.integers.count > 0 && key.fractions.count == 0 && key.booleans.count == 0) {
    joined.column.kind = ColumnKind::kTime;
    joined.column.times = join(key, &JsonColumn::times, kMissingTime, offsets, pool);
    joined.encoding = TimeEncoding::kCount;
    return joined;
  }
  const bool is_boolean = key.booleans.count > 0 && !has_numbers;
  joined.column.kind = is_boolean ? ColumnKind::kBoolean : ColumnKind::kNumber;
  joined.column.numbers = join(key, &JsonColumn::numbers, kMissingNumber, offsets, pool);
  return joined;
}

// Whether words of a time column came with and without zone: one such column cannot be told in one encoding.
bool mixes_zones(const std::vector<KeyParts>& keys) {
  return std::any_of(keys.begin(), keys.end(), [](const KeyParts& key) {
    return key.instants.count > 0 && key.wall_clocks.count + key.days.count > 0;
  });
}

RowOrigin origin_of(const Chunks& chunks, const TextSurvey& survey, std::int64_t row_count) {
  RowOrigin origin;
  origin.first_line = 1;
  if (row_count == survey.line_count) return origin;
  for (const JsonLineColumns& chunk : chunks) {  // empty lines stand between
    origin.lines.insert(origin.lines.end(), chunk.lines().begin(), chunk.lines().end());
  }
  return origin;
}

RawTable read_source(const TextSource& source, const ReadOptions& options, ThreadPool& pool,
                     Observer& observer) {
  constexpr std::int64_t kByteOrderMarkBytes = 3;
  std::string buffer;
  const bool has_mark = source.size() >= kByteOrderMarkBytes &&
                        source.read(0, kByteOrderMarkBytes, buffer) == std::string_view("\xEF\xBB\xBF");
  const TextSurvey survey = survey_text(source, has_mark ? kByteOrderMarkBytes : 0, pool);
  if (survey.longest_line_bytes > options.max_line_bytes) {
    throw Error(
        ErrorKind::kData,
        fmt::format("{}:{}: the line has {} bytes, more than the limit of {}; is this one object "
                    "per line? If so, raise the limit with --max-line-bytes.",
                    source.name(), survey.longest_line, survey.longest_line_bytes, options.max_line_bytes));
  }
  Chunks chunks = parse_chunks(source, survey, {options, /*stamps_from_words=*/true}, pool, observer);
  std::vector<KeyParts> keys = gather_keys(chunks, source.name(), options);
  const bool needs_words =
      std::any_of(chunks.begin(), chunks.end(), [](const auto& c) { return c.met_other_time_words(); });
  if (needs_words || mixes_zones(keys)) {
    chunks = parse_chunks(source, survey, {options, /*stamps_from_words=*/false}, pool, observer);
    keys = gather_keys(chunks, source.name(), options);
  }

  RawTable raw;
  raw.table.source = source.name();
  const std::vector<std::int64_t> offsets = row_offsets(chunks);
  raw.table.row_count = offsets.back();
  if (raw.table.row_count == 0) throw Error(ErrorKind::kData, fmt::format("{}: holds no row", source.name()));
  raw.table.origin = origin_of(chunks, survey, raw.table.row_count);
  for (const KeyParts& key : keys) {
    std::optional<JoinedColumn> joined = join_key(key, offsets, source.name(), pool);
    if (!joined) {
      observer.on_note(fmt::format("{}: left out '{}', which holds nested values (line {})", source.name(),
                                   printable(key.name), key.nested.first_line));
      continue;
    }
    raw.table.columns.push_back(std::move(joined->column));
    raw.encodings.push_back(joined->encoding);
  }
  return raw;
}

}  // namespace

RawTable read_json_lines_table(const std::filesystem::path& path, const ReadOptions& options,
                               ThreadPool& pool, Observer& observer) {
  TextSource source = TextSource::open(path);
  constexpr std::int64_t kMagicBytes = 8;
  std::string buffer;
  const std::string_view compression =
      detect_compression(source.read(0, std::min(kMagicBytes, source.size()), buffer));
  if (compression != "none") {
    source = TextSource::own(decompress(source, compression, options.max_uncompressed_bytes), source.name());
  }
  return read_source(source, options, pool, observer);
}

RawTable parse_json_lines_table(std::string_view bytes, std::string_view name, const ReadOptions& options,
                                ThreadPool& pool, Observer& observer) {
  return read_source(TextSource::borrow(bytes, name), options, pool, observer);
}

}  // namespace regimetry::market
