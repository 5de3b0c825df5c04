// Exact nearest neighbours of many points at once.
//
// Shape:  points [N, D]; lists are [N, k], row-major.
// Order:  by distance, ties by the smaller index, so the answer does not depend on threads or tiles.
// Exact:  candidates come from blocked float32 products; the distances of those kept are computed anew as
//         sums of squared differences, so duplicates are at distance 0 and near points in the right order.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::neighbors {

struct NeighborLists {
  std::int64_t k = 0;                 // neighbours per point
  std::vector<std::int32_t> indices;  // [N, k]
  std::vector<float> distances;       // [N, k], Euclidean
};

// The k nearest other points of each point: a point is not its own neighbour, its duplicates are.
// Throws Error (kUsage) unless 1 <= k < N. Points must be finite.
[[nodiscard]] NeighborLists find_neighbors(const Eigen::Ref<const MatrixF>& points, std::int64_t k,
                                           ThreadPool& pool);

// The k nearest of `points` for each query; 1 <= k <= N.
[[nodiscard]] NeighborLists find_neighbors(const Eigen::Ref<const MatrixF>& queries,
                                           const Eigen::Ref<const MatrixF>& points, std::int64_t k,
                                           ThreadPool& pool);

}  // namespace regimetry::neighbors
