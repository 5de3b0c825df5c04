#include "market/reading/text/gather_evidence.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "market/reading/text/record_reader.hpp"

namespace regimetry::market {
namespace {

bool is_time_column(const LayoutColumn& column) {
  return column.is_second_clock || column.role == ColumnRole::kTimestamp ||
         column.role == ColumnRole::kDate || column.role == ColumnRole::kTime;
}

void gather_lines(std::string_view text, std::int64_t first_line, bool quotes_span_lines,
                  const TableLayout& layout, const EvidenceRequest& request,
                  std::vector<ColumnEvidence>& columns) {
  RecordReader reader(text, first_line, layout.separator, quotes_span_lines, layout.columns.size() + 1);
  while (reader.next()) {
    const std::vector<std::string_view>& cells = reader.cells();
    if (cells.size() != layout.columns.size() || reader.text() == layout.header_text) continue;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!request.is_wanted[i]) continue;
      if (is_time_column(layout.columns[i])) {
        const bool is_time_of_day = layout.columns[i].role == ColumnRole::kTime;
        columns[i].add_time(cells[i], reader.line(), is_time_of_day ? std::nullopt : request.forced_unit);
      } else {
        columns[i].add_value(cells[i], reader.line());
      }
    }
  }
}

}  // namespace

TableEvidence gather_from_sample(const TextSample& sample, const TableLayout& layout,
                                 const EvidenceRequest& request) {
  TableEvidence evidence;
  evidence.columns.resize(layout.columns.size());
  for (const SampleBlock& block : sample.blocks) {
    std::string_view text = block.text;
    std::int64_t first_line = block.first_line;
    if (block.offset < layout.data_begin) {
      const auto skipped = static_cast<std::size_t>(layout.data_begin - block.offset);
      if (skipped >= text.size()) continue;
      text.remove_prefix(skipped);
      first_line = layout.data_line;
    }
    gather_lines(text, first_line, false, layout, request, evidence.columns);
  }
  return evidence;
}

TableEvidence gather_from_all_rows(const TextSource& source, const std::vector<TextChunk>& chunks,
                                   bool quotes_span_lines, const TableLayout& layout,
                                   const EvidenceRequest& request, ThreadPool& pool) {
  std::vector<std::vector<ColumnEvidence>> by_chunk(chunks.size());
  pool.parallel_for(static_cast<std::int64_t>(chunks.size()), 1, [&](IndexRange range) {
    std::string buffer;
    for (std::int64_t i = range.begin; i < range.end; ++i) {
      const TextChunk& chunk = chunks[static_cast<std::size_t>(i)];
      std::vector<ColumnEvidence>& columns = by_chunk[static_cast<std::size_t>(i)];
      columns.resize(layout.columns.size());
      gather_lines(source.read_lines(chunk.begin, chunk.end, buffer), chunk.first_line, quotes_span_lines,
                   layout, request, columns);
    }
  });
  TableEvidence evidence;
  evidence.is_complete = true;
  evidence.columns.resize(layout.columns.size());
  for (const std::vector<ColumnEvidence>& columns : by_chunk) {
    for (std::size_t i = 0; i < columns.size(); ++i) evidence.columns[i].merge(columns[i]);
  }
  return evidence;
}

std::vector<TextChunk> data_chunks(const TextSurvey& survey, const TableLayout& layout) {
  std::vector<TextChunk> chunks;
  for (TextChunk chunk : survey.chunks) {
    if (chunk.end <= layout.data_begin) continue;
    if (chunk.begin < layout.data_begin) {
      chunk.line_count -= layout.data_line - chunk.first_line;
      chunk.begin = layout.data_begin;
      chunk.first_line = layout.data_line;
    }
    chunks.push_back(chunk);
  }
  return chunks;
}

}  // namespace regimetry::market
