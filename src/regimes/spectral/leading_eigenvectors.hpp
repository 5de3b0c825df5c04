// The leading eigenvectors of a normalised adjacency matrix, for graphs from chains to random ones.
//
// How:  subspace iteration with Chebyshev filters (Zhou and Saad 2007), which settles in some hundred
// products
//       where eigenvalues are well apart; where they are not, the inverse (inverse_lanczos.hpp) if its price
//       is right. Few rows are solved as a full matrix. All of them end with the same check of residuals.
// Exact: a vector counts as settled when its residual is both small and a small part of the distance of its
//       eigenvalue to those beyond the block: on a chain every smooth vector has a small residual.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/rng.hpp"
#include "regimes/spectral/normalized_adjacency.hpp"

namespace regimetry::regimes {

struct LeadingEigenvectors {
  Eigen::VectorXd values;       // [m], descending; the first is 1
  MatrixD vectors;              // [N, m], orthonormal columns; of each, the largest value in size is positive
  double largest_residual = 0;  // the largest length of S v - value v
  bool has_converged = false;   // false: usable as far as largest_residual says
  std::int64_t products = 0;    // of S with a block of vectors
  std::string_view solver;      // "full matrix", "products" or "inverse"
};

// `count` of them, 1 <= count <= N. The graph must be in one part.
[[nodiscard]] LeadingEigenvectors find_leading_eigenvectors(const NormalizedAdjacency& adjacency,
                                                            std::int64_t count, RngStream stream,
                                                            ThreadPool& pool);

}  // namespace regimetry::regimes
