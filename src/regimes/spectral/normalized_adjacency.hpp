// The matrix whose leading eigenvectors spectral clustering reads: S = D^-1/2 W D^-1/2, where W holds the
// weights of a graph and D the sums of its rows. The normalised Laplacian is I - S, so eigenvalues of S lie
// in
// [-1, 1], and the largest, 1, has the eigenvector D^1/2 1.
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "regimes/spectral/neighbor_graph.hpp"

namespace regimetry::regimes {

class NormalizedAdjacency {
 public:
  // Borrows the graph's structure, which must outlive it. Every row has an edge.
  explicit NormalizedAdjacency(const NeighborGraph& graph);

  [[nodiscard]] std::int64_t row_count() const noexcept { return graph_.row_count(); }
  [[nodiscard]] const NeighborGraph& graph() const noexcept { return graph_; }
  [[nodiscard]] const std::vector<double>& values() const noexcept { return values_; }  // [edges], of S
  // Square roots of the sums of rows, as a vector of length 1: the first eigenvector.
  [[nodiscard]] const Eigen::VectorXd& first_vector() const noexcept { return first_vector_; }

  // out = scale * (S x - shift * x) + previous_scale * previous. x [N, p], p a multiple of 8; `previous` may
  // be `out` itself. Rows are computed alone, so threads do not matter.
  void multiply(const MatrixD& x, double scale, double shift, double previous_scale, const MatrixD& previous,
                MatrixD& out, ThreadPool& pool) const;
  // S x.
  [[nodiscard]] MatrixD multiply(const MatrixD& x, ThreadPool& pool) const;

 private:
  const NeighborGraph& graph_;
  std::vector<double> values_;
  Eigen::VectorXd first_vector_;
};

}  // namespace regimetry::regimes
