// One start of k-means: Lloyd's iterations from given centres.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "regimes/kmeans/row_blocks.hpp"

namespace regimetry::regimes {

struct LloydLimits {
  std::int64_t max_iterations = 300;
  double least_move = 0;  // stops when the centres' squared moves add up to at most this
};

struct LloydResult {
  MatrixD centers;                   // [K, D]
  std::vector<std::int32_t> labels;  // [N], the nearest centre, the first of equals; each of 0..K-1 occurs
  double objective = 0;              // sum of squared distances to the row's centre
  bool has_converged = false;
  std::int64_t iterations = 0;
};

// `values` [N, D] and `blocks` hold the same rows; N >= K. A centre that loses all rows moves to the row
// farthest from its own (the first of equals). Sums are added up in double by chunks of rows, in their order.
[[nodiscard]] LloydResult run_lloyd(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks,
                                    MatrixD centers, const LloydLimits& limits, ThreadPool& pool);

}  // namespace regimetry::regimes
