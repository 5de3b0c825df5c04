// A path: row i is joined to i + 1. The eigenvalues of its normalised adjacency are cos(pi j / (N - 1)), so
// those of a long path are as close together as eigenvalues of a real graph ever are.
#pragma once

#include <cmath>
#include <numbers>

#include "regimes/spectral/neighbor_graph.hpp"

namespace regimetry::regimes {

inline NeighborGraph path_graph(std::int32_t row_count) {
  std::vector<WeightedEdge> edges;
  for (std::int32_t row = 0; row + 1 < row_count; ++row) edges.push_back({row, row + 1, 1.0F});
  return graph_of(row_count, edges);
}

// 1 minus eigenvalue j, without losing digits.
inline double path_eigenvalue(std::int64_t row_count, std::int64_t j) {
  const double sine =
      std::sin(std::numbers::pi * static_cast<double>(j) / static_cast<double>(row_count - 1) / 2);
  return 2 * sine * sine;
}

// Eigenvector j of a path, of length 1: roots of degrees times a cosine.
inline Eigen::VectorXd path_eigenvector(std::int64_t row_count, std::int64_t j) {
  Eigen::VectorXd vector(row_count);
  for (std::int64_t row = 0; row < row_count; ++row) {
    const double degree = row == 0 || row == row_count - 1 ? 1 : 2;
    vector[row] = std::sqrt(degree) * std::cos(std::numbers::pi * static_cast<double>(j * row) /
                                               static_cast<double>(row_count - 1));
  }
  return vector.normalized();
}

}  // namespace regimetry::regimes
