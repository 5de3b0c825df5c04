// How much each point belongs to the neighbourhood of another: UMAP's fuzzy simplicial set (McInnes, Healy
// and Melville 2018), as umap-learn computes it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "neighbors/nearest_neighbors.hpp"
#include "projection/symmetric_graph.hpp"

namespace regimetry::projection {

// The distance from which on a point tells its neighbours apart, and how fast its interest falls.
struct Reach {
  double nearest = 0;  // rho
  double width = 0;    // sigma
};

// Of one point with the given distances to its k nearest others, rising. `connectivity` 1: its nearest other
// point belongs to it fully; 0: none has to (new points). The weights exp(-(d - nearest) / width) add up to
// log2(k + 1), as umap-learn counts the point itself among its neighbours; `width` is at least a thousandth
// of the mean of the distances, of all points (`mean_distance`) where `nearest` is 0.
[[nodiscard]] Reach find_reach(std::span<const float> distances, int connectivity, double mean_distance);

// Memberships of the neighbours in `lists`, [N * k], each in (0, 1].
[[nodiscard]] std::vector<double> memberships(const neighbors::NeighborLists& lists, int connectivity,
                                              ThreadPool& pool);

// The union of both directions: a + b - a b.
[[nodiscard]] SymmetricGraph fuzzy_graph(const neighbors::NeighborLists& lists, ThreadPool& pool);

}  // namespace regimetry::projection
