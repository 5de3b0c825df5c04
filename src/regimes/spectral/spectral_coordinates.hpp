// Rows -> their places in the leading eigenvectors of the neighbour graph: where rows that many short steps
// join lie together, however their shapes bend. One computation serves every number of regimes.
//
// Shape:  rows [N, D] -> coordinates [N, C]; the first k columns are those for k regimes.
// Scale:  column c is eigenvector c of the normalised Laplacian over the square root of each row's degree, as
//         scikit-learn's spectral_embedding gives it with drop_first=False, times one number that makes the
//         first column 1 and the weighted mean square of every column 1.
// Units:  distances between rows decide, so rows must come scaled; no scaling happens here. Constant columns
//         change nothing.
// Parts:  a graph in several parts is joined by the shortest links between them, which a note tells.
// Time:   descriptive: the coordinates of a row depend on all rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct SpectralCoordinateOptions {
  // Neighbours that each row is joined to, itself counted. More join what fewer keep apart, and cost more.
  std::int64_t neighbor_count = 10;
  // Columns. One more than the regimes tells how clearly they are set apart from one more.
  std::int64_t component_count = 13;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct SpectralCoordinates {
  MatrixF values;               // [N, C]
  Eigen::VectorXd eigenvalues;  // [C], of the Laplacian, ascending; the first is 0
  double largest_residual = 0;  // the largest length of L v - eigenvalue v over unit eigenvectors v
  bool has_converged = false;   // false: usable as far as largest_residual says
  std::int64_t products = 0;    // of the graph's matrix with a block of vectors
  std::string_view solver;      // "full matrix", "products" or "inverse"
  std::int64_t part_count = 1;  // of the graph, before joining
  std::vector<std::string> notes;
};

// Draws from the stream "spectral.eigenvectors". Throws Error: kUsage for options with problems, kData for
// values that are not finite and for fewer rows than neighbor_count or component_count.
[[nodiscard]] SpectralCoordinates compute_spectral_coordinates(const RegimeRows& rows,
                                                               const SpectralCoordinateOptions& options,
                                                               const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
