#include "market/reading/text/parse_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "market/reading/text/chunk_parser.hpp"

namespace regimetry::market {
namespace {

ColumnKind kind_of(ColumnUse use) {
  switch (use) {
    case ColumnUse::kBoolean:
      return ColumnKind::kBoolean;
    case ColumnUse::kCategory:
      return ColumnKind::kCategory;
    case ColumnUse::kStamp:
    case ColumnUse::kSecondStamp:
    case ColumnUse::kTimeOfDay:
      return ColumnKind::kTime;
    default:
      return ColumnKind::kNumber;
  }
}

void resize_column(Column& column, ColumnUse use, std::size_t size) {
  if (use == ColumnUse::kSkip) return;
  switch (column.kind) {
    case ColumnKind::kCategory:
      column.codes.resize(size);
      return;
    case ColumnKind::kTime:
      column.times.resize(size);
      return;
    default:
      column.numbers.resize(size);
  }
}

// Moves the rows of a chunk from their slots to where they belong once gaps are closed.
void move_rows(Column& column, std::size_t from, std::size_t to, std::size_t count) {
  const auto move_in = [&](auto& values) {
    if (!values.empty())
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(from), count,
                  values.begin() + static_cast<std::ptrdiff_t>(to));
  };
  move_in(column.numbers);
  move_in(column.codes);
  move_in(column.times);
}

// Each chunk counted its words from 0; gives them the numbers of the whole column.
void merge_words(const std::vector<ChunkOutcome>& outcomes, const std::vector<std::int64_t>& slots,
                 std::size_t column_idx, Column& column, ThreadPool& pool) {
  WordCodes all;
  std::vector<std::vector<std::int32_t>> renumbered(outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    for (const std::string& word : outcomes[i].words[column_idx].words())
      renumbered[i].push_back(all.code_of(word));
  }
  column.categories = all.words();
  pool.parallel_for(static_cast<std::int64_t>(outcomes.size()), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      const std::vector<std::int32_t>& codes = renumbered[i];
      const bool is_same = std::adjacent_find(codes.begin(), codes.end(),
                                              [](int a, int b) { return b != a + 1; }) == codes.end();
      if (codes.empty() || (codes.front() == 0 && is_same)) continue;
      std::int32_t* slot = column.codes.data() + slots[i];
      for (std::int64_t row = 0; row < outcomes[i].row_count; ++row) {
        if (slot[row] >= 0) slot[row] = codes[static_cast<std::size_t>(slot[row])];
      }
    }
  });
}

void merge_counts(const ChunkOutcome& outcome, ParsedRows& rows) {
  rows.row_count += outcome.row_count;
  rows.absolute_count += outcome.absolute_count;
  rows.naive_count += outcome.naive_count;
  rows.problem_count += outcome.problem_count;
  if (!rows.first_problem) rows.first_problem = outcome.first_problem;
  if (rows.repeated_header_count == 0) rows.first_repeated_header = outcome.first_repeated_header;
  rows.repeated_header_count += outcome.repeated_header_count;
  if (rows.empty_row_count == 0) rows.first_empty_row = outcome.first_empty_row;
  rows.empty_row_count += outcome.empty_row_count;
}

void close_gaps(const std::vector<ChunkOutcome>& outcomes, const std::vector<std::int64_t>& slots,
                const ReadPlan& plan, ParsedRows& rows) {
  std::int64_t next = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto count = static_cast<std::size_t>(outcomes[i].row_count);
    if (next != slots[i]) {
      for (Column& column : rows.columns)
        move_rows(column, static_cast<std::size_t>(slots[i]), static_cast<std::size_t>(next), count);
      if (!rows.is_absolute.empty())
        std::copy_n(rows.is_absolute.begin() + slots[i], count, rows.is_absolute.begin() + next);
    }
    next += outcomes[i].row_count;
  }
  for (std::size_t c = 0; c < rows.columns.size(); ++c)
    resize_column(rows.columns[c], plan.columns[c].use, static_cast<std::size_t>(next));
  if (!rows.is_absolute.empty()) rows.is_absolute.resize(static_cast<std::size_t>(next));
}

void note_lines(const std::vector<ChunkOutcome>& outcomes, const std::vector<TextChunk>& chunks,
                ParsedRows& rows) {
  std::int64_t expected = chunks.empty() ? 1 : chunks.front().first_line;
  rows.origin.first_line = expected;
  bool is_counted = true;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    is_counted = is_counted && outcomes[i].lines.empty() &&
                 (outcomes[i].row_count == 0 || chunks[i].first_line == expected);
    expected += outcomes[i].row_count;
  }
  if (is_counted) return;
  rows.origin.lines.reserve(static_cast<std::size_t>(rows.row_count));
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (!outcomes[i].lines.empty()) {
      rows.origin.lines.insert(rows.origin.lines.end(), outcomes[i].lines.begin(), outcomes[i].lines.end());
      continue;
    }
    for (std::int64_t row = 0; row < outcomes[i].row_count; ++row)
      rows.origin.lines.push_back(chunks[i].first_line + row);
  }
}

}  // namespace

ParsedRows parse_rows(const TextSource& source, const std::vector<TextChunk>& chunks, bool quotes_span_lines,
                      const TableLayout& layout, const ReadPlan& plan, ThreadPool& pool) {
  ParsedRows rows;
  std::vector<std::int64_t> slots;
  std::int64_t slot_count = 0;
  for (const TextChunk& chunk : chunks) {
    slots.push_back(slot_count);
    slot_count += chunk.line_count;
  }
  rows.columns.resize(layout.columns.size());
  // Making room touches every page once, which takes as long as parsing a tenth of the file: do it side by
  // side.
  pool.parallel_for(std::ssize(rows.columns), 1, [&](IndexRange range) {
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      rows.columns[i].name = layout.columns[i].name;
      rows.columns[i].kind = kind_of(plan.columns[i].use);
      resize_column(rows.columns[i], plan.columns[i].use, static_cast<std::size_t>(slot_count));
    }
  });
  if (plan.has_mixed_zones) rows.is_absolute.resize(static_cast<std::size_t>(slot_count));

  std::vector<ChunkOutcome> outcomes(chunks.size());
  pool.parallel_for(std::ssize(chunks), 1, [&](IndexRange range) {
    static thread_local std::string buffer;
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i) {
      const std::string_view text = source.read_lines(chunks[i].begin, chunks[i].end, buffer);
      ChunkParser parser(layout, plan, quotes_span_lines, rows.columns, rows.is_absolute, slots[i]);
      outcomes[i] = parser.parse(text, chunks[i].first_line);
    }
  });

  for (const ChunkOutcome& outcome : outcomes) merge_counts(outcome, rows);
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (plan.columns[c].use == ColumnUse::kCategory) merge_words(outcomes, slots, c, rows.columns[c], pool);
  }
  close_gaps(outcomes, slots, plan, rows);
  note_lines(outcomes, chunks, rows);
  return rows;
}

}  // namespace regimetry::market
