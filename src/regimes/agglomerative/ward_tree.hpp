// Ward's hierarchy: from single rows upwards, always joining the two clusters whose union adds least to the
// sum of squared distances of rows to their cluster's mean.
//
// Exact, by the nearest-neighbour chain (Murtagh 1983): O(N^2 D) time, O(N D) memory.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

struct WardJoin {
  std::int64_t first = 0, second = 0;  // a row of each of the two clusters, first < second
  // sqrt(2 * what the sum of squares grows by), as SciPy and scikit-learn measure it: the distance for two
  // rows.
  double height = 0;
};

// N - 1 joins by height, lowest first. `values` [N, D], N at least 1.
[[nodiscard]] std::vector<WardJoin> ward_tree(const Eigen::Ref<const MatrixF>& values);

// The clusters left when all but the highest count - 1 joins are made: labels 0..count-1 of the N rows in the
// order in which they first occur. 1 <= count <= N.
[[nodiscard]] std::vector<std::int32_t> cut_tree(const std::vector<WardJoin>& joins, int count);

}  // namespace regimetry::regimes
