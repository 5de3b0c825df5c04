// How often each label of one labelling meets each label of another: what every comparison is made of.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

using CountMatrix = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Contingency {
  std::vector<std::int32_t> first, second;  // [A], [B]: the labels that occur, ascending
  CountMatrix counts;                       // [A, B]: rows that carry both
  std::int64_t row_count = 0;               // rows compared
};

// Rows where either label is negative (kNoRegime) are not compared. Throws Error (kUsage) unless both have
// the same length.
[[nodiscard]] Contingency count_label_pairs(std::span<const std::int32_t> first,
                                            std::span<const std::int32_t> second);

}  // namespace regimetry::regimes
