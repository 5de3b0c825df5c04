// Leading eigenvectors of S by Lanczos' method on the inverse of I - S.
//
// Why: rows that follow each other in time make graphs like chains, whose leading eigenvalues lie within 1e-8
// of each other: products with S would take tens of thousands. The inverse spreads them out, and a chain's
// factor is hardly larger than the chain. A graph without such order has a factor as large as a full matrix;
// there products do well. So the price is estimated before it is paid.
#pragma once

#include <cstdint>
#include <optional>

#include "core/rng.hpp"
#include "regimes/spectral/normalized_adjacency.hpp"

namespace regimetry::regimes {

// Approximations of the `count` leading eigenvectors that are orthogonal to first_vector(), [N, count], the
// leading ones accurate, the last few less so. Nothing when factorising would take more than
// `most_operations` multiplications or fails. `count` is well below N.
[[nodiscard]] std::optional<MatrixD> inverse_lanczos(const NormalizedAdjacency& adjacency, std::int64_t count,
                                                     double most_operations, RngStream stream,
                                                     ThreadPool& pool);

}  // namespace regimetry::regimes
