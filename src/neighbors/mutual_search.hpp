// The nearest others of every point of one set, each product of two points used for both of them.
#pragma once

#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::neighbors {

// Whether the lists of all points, open at the same time, stay within the memory they may have.
[[nodiscard]] bool fits_mutual_search(std::int64_t point_count, std::int64_t k) noexcept;

// As find_neighbors(points, k): 1 <= k < N.
[[nodiscard]] NeighborLists search_mutually(const Eigen::Ref<const MatrixF>& points, std::int64_t k,
                                            ThreadPool& pool);

}  // namespace regimetry::neighbors
