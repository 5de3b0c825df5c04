// Exact nearest neighbours of many points at once.
//
// Shape:  points [N, D]; lists are [N, k], row-major.
// Order:  by distance, ties by the smaller index, so the answer does not depend on threads or tiles.
// Exact:  blocked float32 products only rule out: a point is dropped when it is farther than k others even if
//         both products are wrong by the most they can be. The distances of those kept are computed anew as
//         sums of squared differences in double, so duplicates are at distance 0 and near points in the right
//         order, far from the origin too.
// Cost:   a product of all pairs, half of them among the points of one set. Points that lie in clumps
// narrower than about 1e-3 of their distance from
//         the mean cannot be ruled out by float32; such pairs are all computed anew, some ten times slower.
#pragma once

#include <cstdint>
#include <span>
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

// The same where query i may not have the points excluded[i] (one range per query, within 0..N): each must
// leave at least k points.
[[nodiscard]] NeighborLists find_neighbors(const Eigen::Ref<const MatrixF>& queries,
                                           const Eigen::Ref<const MatrixF>& points,
                                           std::span<const IndexRange> excluded, std::int64_t k,
                                           ThreadPool& pool);

}  // namespace regimetry::neighbors
