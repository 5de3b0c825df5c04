// The pull of similar points on each other: one half of t-SNE's gradient.
#pragma once

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "projection/map_points.hpp"
#include "projection/symmetric_graph.hpp"

namespace regimetry::projection {

// Keeps the similarities in the form that the inner loop reads: each row padded to whole lanes by edges of
// weight 0 to the point itself.
class Attraction {
 public:
  explicit Attraction(const SymmetricGraph& similarities);

  struct Pull {
    float x = 0, y = 0;
  };
  // sum over j of p_ij q_ij (y_i - y_j), with q = 1 / (1 + |y_i - y_j|^2).
  [[nodiscard]] Pull pull_on(std::int64_t point, const MapPoints& map) const;

  // Kullback-Leibler divergence of the map from the similarities, in nats. `q_sum`: sum of q over all ordered
  // pairs of different points.
  [[nodiscard]] double divergence(const MapPoints& map, double q_sum, ThreadPool& pool) const;

 private:
  std::vector<std::int64_t> row_begins_;  // [N + 1], multiples of kLanes
  std::vector<std::int32_t> neighbors_;
  std::vector<float> weights_;
};

}  // namespace regimetry::projection
