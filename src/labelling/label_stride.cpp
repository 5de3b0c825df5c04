#include "labelling/label_stride.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "core/gather.hpp"

namespace regimetry::labelling {
namespace {

std::vector<std::int64_t> labelled_rows(const LabelledTable& table, const IndexRange& sequence) {
  std::vector<std::int64_t> rows;
  for (std::int64_t row = sequence.begin; row < sequence.end; ++row)
    if (table.labels[static_cast<std::size_t>(row)] >= 0) rows.push_back(row);
  return rows;
}

}  // namespace

std::int64_t label_stride_of(const LabelledTable& table) {
  std::int64_t stride = std::numeric_limits<std::int64_t>::max();
  for (const IndexRange& sequence : table.sequences) {
    const std::vector<std::int64_t> rows = labelled_rows(table, sequence);
    for (std::size_t i = 1; i < rows.size(); ++i) stride = std::min(stride, rows[i] - rows[i - 1]);
  }
  return stride == std::numeric_limits<std::int64_t>::max() ? 0 : stride;
}

void keep_labelled_rows(LabelledTable& table, std::int64_t stride) {
  std::vector<std::int64_t> kept;
  std::vector<IndexRange> sequences;
  std::vector<std::string> symbols;
  for (std::size_t i = 0; i < table.sequences.size(); ++i) {
    const auto begin = std::ssize(kept);
    const std::vector<std::int64_t> labelled = labelled_rows(table, table.sequences[i]);
    if (labelled.empty()) continue;
    if (stride < 2) {
      for (std::int64_t row = labelled.front(); row <= labelled.back(); ++row) kept.push_back(row);
    } else {
      std::int64_t previous = labelled.front();
      for (const std::int64_t row : labelled) {
        if (row - previous > stride) kept.push_back(row - 1);
        kept.push_back(row);
        previous = row;
      }
    }
    sequences.push_back({begin, std::ssize(kept)});
    if (i < table.symbols.size()) symbols.push_back(table.symbols[i]);
  }
  if (kept.empty()) return;
  table.labels = gather(table.labels, kept);
  table.timestamps = gather(table.timestamps, kept);
  table.close = gather(table.close, kept);
  table.sequences = std::move(sequences);
  table.symbols = std::move(symbols);
}

}  // namespace regimetry::labelling
