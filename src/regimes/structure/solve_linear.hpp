// Small dense linear systems, in plain loops: what they give is written to files, so it must have the same
// bits on every processor.
#pragma once

#include "core/matrix.hpp"

namespace regimetry::regimes {

// The X with a * X = b, by elimination with partial pivoting. `a` [n, n] must be regular, `b` [n, m].
[[nodiscard]] MatrixD solve_linear(MatrixD a, MatrixD b);

}  // namespace regimetry::regimes
