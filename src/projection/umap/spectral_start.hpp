// Where UMAP begins: the slowest vibrations of its graph, which unroll sheets and lay chains out in order.
//
// Approximate: a block of vectors is filtered by Chebyshev polynomials until the wanted ones are right to a
// thousandth, which is all that a starting place needs. Bit-identical for any thread count.
#pragma once

#include <optional>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "projection/symmetric_graph.hpp"

namespace regimetry::projection {

// [N, 2]: the second and third eigenvectors of D^-1/2 W D^-1/2, the largest entry of each positive. Nothing
// for a graph in several parts, whose eigenvectors only tell the parts apart, or of fewer than 32 points.
[[nodiscard]] std::optional<MatrixD> spectral_start(const SymmetricGraph& graph, RngStream stream,
                                                    ThreadPool& pool);

}  // namespace regimetry::projection
