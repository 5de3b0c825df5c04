// Which row goes with which column so that the sum of their benefits is largest (the assignment problem).
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

// The column of each row of `benefit` [A, B], -1 for the rows left over when there are more rows than
// columns. Shortest augmenting paths (Jonker and Volgenant 1987), at most A * A * B steps. Exact for whole
// numbers below 2^53 / A; equally good answers are always resolved the same way. Values must be finite.
[[nodiscard]] std::vector<std::int64_t> best_assignment(const Eigen::Ref<const MatrixD>& benefit);

}  // namespace regimetry::regimes
