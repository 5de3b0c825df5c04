// Rows -> the graph of their nearest neighbours.
//
// Meaning: as scikit-learn's SpectralClustering(affinity="nearest_neighbors") builds it. A[i, j] is 1 where j
//          is among the n nearest rows of i, i itself counted; the weight between i and j is half of
//          A[i, j] + A[j, i]: 1 where both name each other, 0.5 where one does. Among rows at the same
//          distance the earlier is nearer; a row is always its own first neighbour, also beside duplicates.
// Not here: the loop of weight 1 from a row to itself. The Laplacian takes no notice of it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::regimes {

struct NeighborGraph {
  std::vector<std::int64_t> begins;   // [N + 1]: the edges of row i are begins[i] .. begins[i + 1] - 1
  std::vector<std::int32_t> columns;  // [edges], ascending within a row; each edge is listed from both ends
  std::vector<float> weights;         // [edges]
  [[nodiscard]] std::int64_t row_count() const noexcept {
    return static_cast<std::int64_t>(begins.size()) - 1;
  }
};

struct WeightedEdge {
  std::int32_t from = 0, to = 0;
  float weight = 0;
};

// Throws Error: kUsage unless neighbor_count is at least 2, kData when there are fewer rows than that.
[[nodiscard]] NeighborGraph build_neighbor_graph(const Eigen::Ref<const MatrixF>& values,
                                                 std::int64_t neighbor_count, ThreadPool& pool);

// A graph of edges that are each given once, from either end; no two join the same rows.
[[nodiscard]] NeighborGraph graph_of(std::int64_t row_count, const std::vector<WeightedEdge>& edges);

}  // namespace regimetry::regimes
