// All eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.
//
// Why ours: every operation is written out, so the bits are the same on every machine; tens of rows take
// microseconds, and the smallest eigenvalues are as accurate as the largest.
#pragma once

#include "core/matrix.hpp"

namespace regimetry::regimes {

struct SymmetricEigenpairs {
  Eigen::VectorXd values;  // descending
  MatrixD vectors;         // orthonormal columns, in the order of the values
  bool has_converged = false;
};
// `matrix` is symmetric; a few hundred rows at most, for the work grows with their cube.
[[nodiscard]] SymmetricEigenpairs solve_by_rotations(MatrixD matrix);

}  // namespace regimetry::regimes
