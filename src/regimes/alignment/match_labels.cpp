#include "regimes/alignment/match_labels.hpp"

#include "regimes/alignment/best_assignment.hpp"
#include "regimes/alignment/contingency.hpp"

namespace regimetry::regimes {
namespace {

// Common rows come first; a kept number is worth less than any single row, however many are kept.
MatrixD benefit_of(const Contingency& table) {
  const auto weight = static_cast<double>(table.first.size() + 1);
  MatrixD benefit = table.counts.cast<double>() * weight;
  for (std::size_t i = 0; i < table.first.size(); ++i) {
    for (std::size_t j = 0; j < table.second.size(); ++j) {
      if (table.first[i] == table.second[j])
        benefit(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) += 1;
    }
  }
  return benefit;
}

}  // namespace

double LabelMatch::agreement() const noexcept {
  if (compared_rows == 0) return 1;
  std::int64_t common = 0;
  for (const Pair& pair : pairs) common += pair.common;
  return static_cast<double>(common) / static_cast<double>(compared_rows);
}

LabelMatch match_labels(std::span<const std::int32_t> labels, std::span<const std::int32_t> reference) {
  const Contingency table = count_label_pairs(labels, reference);
  const std::vector<std::int64_t> column_of = best_assignment(benefit_of(table));
  LabelMatch match;
  match.compared_rows = table.row_count;
  std::vector<bool> is_taken(table.second.size(), false);
  for (std::size_t i = 0; i < table.first.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const Eigen::Index column = column_of[i];
    if (column < 0 || table.counts(row, column) == 0) {
      match.unmatched_labels.push_back(table.first[i]);
      continue;
    }
    is_taken[static_cast<std::size_t>(column)] = true;
    match.pairs.push_back({table.first[i], table.second[static_cast<std::size_t>(column)],
                           table.counts(row, column), table.counts.row(row).sum(),
                           table.counts.col(column).sum()});
  }
  for (std::size_t j = 0; j < table.second.size(); ++j) {
    if (!is_taken[j]) match.unmatched_references.push_back(table.second[j]);
  }
  return match;
}

}  // namespace regimetry::regimes
