#include "regimes/structure/transitions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace regimetry::regimes {

int regime_count_of(std::span<const std::int32_t> labels) {
  std::int32_t highest = -1;
  for (const std::int32_t label : labels) highest = std::max(highest, label);
  if (highest < kMostRegimes) return highest + 1;
  throw Error(ErrorKind::kData,
              fmt::format("label {} is no regime: regimes are numbered 0 to {}", highest, kMostRegimes - 1));
}

std::vector<Transition> list_transitions(std::span<const std::int32_t> labels,
                                         std::span<const IndexRange> sequences) {
  std::vector<Transition> transitions;
  for (const IndexRange& sequence : sequences) {
    for (auto row = static_cast<std::size_t>(sequence.begin) + 1;
         row < static_cast<std::size_t>(sequence.end); ++row) {
      if (labels[row - 1] >= 0 && labels[row] >= 0) transitions.push_back({labels[row - 1], labels[row]});
    }
  }
  return transitions;
}

CountMatrix count_transitions(std::span<const Transition> transitions, int regime_count) {
  CountMatrix counts = CountMatrix::Zero(regime_count, regime_count);
  for (const Transition& one : transitions) ++counts(one.from, one.to);
  return counts;
}

MatrixD transition_matrix(const CountMatrix& counts) {
  MatrixD matrix = counts.cast<double>();
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    const std::int64_t sum = counts.row(row).sum();
    if (sum > 0) matrix.row(row) /= static_cast<double>(sum);
  }
  return matrix;
}

}  // namespace regimetry::regimes
