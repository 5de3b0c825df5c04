// Where k-means and its relatives begin: k rows far from each other (k-means++, Arthur and Vassilvitskii
// 2007).
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/rng.hpp"
#include "regimes/kmeans/row_blocks.hpp"

namespace regimetry::regimes {

// `count` different rows of `values`: the first drawn evenly, each further one with a chance in proportion to
// its squared distance from the nearest so far. Rows that equal a chosen one have no chance, so fewer come
// back when fewer are distinct.
[[nodiscard]] std::vector<std::int64_t> seed_centers(const Eigen::Ref<const MatrixF>& values, int count,
                                                     RngStream& stream);
// The same for rows that are laid out already: who seeds several times lays them out once.
[[nodiscard]] std::vector<std::int64_t> seed_centers(const Eigen::Ref<const MatrixF>& values,
                                                     const RowBlocks& blocks, int count, RngStream& stream);

}  // namespace regimetry::regimes
