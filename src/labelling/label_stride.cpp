#include "labelling/label_stride.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace regimetry::labelling {
namespace {

std::vector<std::int64_t> labelled_rows(const LabelledTable& table, const IndexRange& sequence) {
  std::vector<std::int64_t> rows;
  for (std::int64_t row = sequence.begin; row < sequence.end; ++row)
    if (table.labels[static_cast<std::size_t>(row)] >= 0) rows.push_back(row);
  return rows;
}

template <class Value>
void keep(std::vector<Value>& values, const std::vector<std::int64_t>& rows) {
  if (values.empty()) return;
  std::vector<Value> kept;
  kept.reserve(rows.size());
  for (const std::int64_t row : rows) kept.push_back(values[static_cast<std::size_t>(row)]);
  values = std::move(kept);
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
  if (stride < 2) return;
  std::vector<std::int64_t> kept;
  for (IndexRange& sequence : table.sequences) {
    const auto begin = std::ssize(kept);
    std::int64_t previous = sequence.begin;
    for (const std::int64_t row : labelled_rows(table, sequence)) {
      if (std::ssize(kept) > begin && row - previous > stride) kept.push_back(row - 1);
      kept.push_back(row);
      previous = row;
    }
    sequence = {begin, std::ssize(kept)};
  }
  keep(table.labels, kept);
  keep(table.timestamps, kept);
  keep(table.close, kept);
}

}  // namespace regimetry::labelling
