// Parts of a graph that no edge joins, and the shortest links between them.
//
// Why: each part adds an eigenvector that is constant on it, in any mixture with those of the others, so the
// leading eigenvectors of a graph in more parts than regimes are not even defined. Linked parts give the same
// answer where it is clear (as many regimes as parts: the parts), and a defined one elsewhere.
#pragma once

#include <cstdint>
#include <vector>

#include "regimes/spectral/neighbor_graph.hpp"

namespace regimetry::regimes {

struct Components {
  std::vector<std::int32_t> of_row;  // [N], numbered in the order of their first rows
  std::int32_t count = 0;
};
[[nodiscard]] Components find_components(const NeighborGraph& graph);

struct JoinedGraph {
  NeighborGraph graph;              // in one part
  std::int32_t part_count = 1;      // before joining
  std::int64_t smallest_part = 0;   // its rows
  std::vector<WeightedEdge> links;  // that were added, each of weight 1
};

// Adds, as Boruvka's minimum spanning tree does, the shortest link from each part to the rest until one is
// left; ties by the smaller rows. `values` [N, D] are the rows of the graph.
[[nodiscard]] JoinedGraph join_components(NeighborGraph graph, const Eigen::Ref<const MatrixF>& values,
                                          ThreadPool& pool);

}  // namespace regimetry::regimes
