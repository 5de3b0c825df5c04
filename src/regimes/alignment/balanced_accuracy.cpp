#include "regimes/alignment/balanced_accuracy.hpp"

#include <algorithm>

#include "regimes/alignment/best_assignment.hpp"
#include "regimes/alignment/contingency.hpp"

namespace regimetry::regimes {
namespace {

// [truths, labels]: the share of each true regime that carries each label.
MatrixD recall_of(const Contingency& table) {
  MatrixD recall = table.counts.cast<double>();
  for (Eigen::Index row = 0; row < recall.rows(); ++row)
    recall.row(row) /= static_cast<double>(table.counts.row(row).sum());
  return recall;
}

}  // namespace

double matched_balanced_accuracy(std::span<const std::int32_t> labels, std::span<const std::int32_t> truth) {
  const MatrixD recall = recall_of(count_label_pairs(truth, labels));
  if (recall.rows() == 0) return 1;
  const std::vector<std::int64_t> label_of = best_assignment(recall);
  double sum = 0;
  for (Eigen::Index row = 0; row < recall.rows(); ++row) {
    const std::int64_t label = label_of[static_cast<std::size_t>(row)];
    if (label >= 0) sum += recall(row, label);
  }
  return sum / static_cast<double>(recall.rows());
}

double balanced_accuracy(std::span<const std::int32_t> labels, std::span<const std::int32_t> truth) {
  const Contingency table = count_label_pairs(truth, labels);
  if (table.row_count == 0) return 1;
  const MatrixD recall = recall_of(table);
  double sum = 0;
  for (std::size_t i = 0; i < table.first.size(); ++i) {
    const auto label = std::lower_bound(table.second.begin(), table.second.end(), table.first[i]);
    if (label == table.second.end() || *label != table.first[i]) continue;
    sum += recall(static_cast<Eigen::Index>(i), label - table.second.begin());
  }
  return sum / static_cast<double>(recall.rows());
}

}  // namespace regimetry::regimes
