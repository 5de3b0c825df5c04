#include "regimes/alignment/contingency.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

std::vector<std::int32_t> distinct(std::vector<std::int32_t> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

Eigen::Index place_of(const std::vector<std::int32_t>& sorted, std::int32_t label) {
  return std::lower_bound(sorted.begin(), sorted.end(), label) - sorted.begin();
}

}  // namespace

Contingency count_label_pairs(std::span<const std::int32_t> first, std::span<const std::int32_t> second) {
  if (first.size() != second.size()) {
    throw Error(ErrorKind::kUsage, fmt::format("{} labels cannot be compared with {}: give two labellings of "
                                               "the same rows",
                                               first.size(), second.size()));
  }
  std::vector<std::int32_t> kept_first, kept_second;
  for (std::size_t n = 0; n < first.size(); ++n) {
    if (first[n] < 0 || second[n] < 0) continue;
    kept_first.push_back(first[n]);
    kept_second.push_back(second[n]);
  }
  Contingency table{distinct(kept_first), distinct(kept_second), {}, 0};
  table.row_count = static_cast<std::int64_t>(kept_first.size());
  table.counts = CountMatrix::Zero(static_cast<Eigen::Index>(table.first.size()),
                                   static_cast<Eigen::Index>(table.second.size()));
  for (std::size_t n = 0; n < kept_first.size(); ++n)
    ++table.counts(place_of(table.first, kept_first[n]), place_of(table.second, kept_second[n]));
  return table;
}

}  // namespace regimetry::regimes
