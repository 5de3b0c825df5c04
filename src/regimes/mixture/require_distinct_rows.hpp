// The door check of methods that cannot tell more regimes apart than there are different rows.
#pragma once

#include "regimes/kmeans/row_blocks.hpp"

namespace regimetry::regimes {

// Throws Error (kData) when fewer than `count` rows are distinct, saying how many are. `blocks` holds
// `values`.
void require_distinct_rows(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks, int count);

}  // namespace regimetry::regimes
