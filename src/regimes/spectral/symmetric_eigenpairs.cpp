#include "regimes/spectral/symmetric_eigenpairs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace regimetry::regimes {
namespace {

// The rotation of rows and columns p and q that makes their common element 0. Rows of `vectors` are turned
// along: in memory they are contiguous, which columns would not be.
void rotate(MatrixD& matrix, MatrixD& vectors, Eigen::Index p, Eigen::Index q) {
  const double theta = (matrix(q, q) - matrix(p, p)) / (2 * matrix(p, q));
  const double tangent = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double cosine = 1 / std::sqrt(tangent * tangent + 1), sine = tangent * cosine;
  const auto turn_rows = [&](MatrixD& rows) {
    const Eigen::RowVectorXd old = rows.row(p);
    rows.row(p) = cosine * old - sine * rows.row(q);
    rows.row(q) = sine * old + cosine * rows.row(q);
  };
  turn_rows(matrix);
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    const double old = matrix(row, p);
    matrix(row, p) = cosine * old - sine * matrix(row, q);
    matrix(row, q) = sine * old + cosine * matrix(row, q);
  }
  matrix(p, q) = matrix(q, p) = 0;
  turn_rows(vectors);
}

}  // namespace

SymmetricEigenpairs solve_by_rotations(MatrixD matrix) {
  constexpr int kMostSweeps = 60;
  const Eigen::Index size = matrix.rows();
  MatrixD turned = MatrixD::Identity(size, size);  // eigenvectors as rows
  SymmetricEigenpairs pairs;
  for (int sweep = 0; sweep < kMostSweeps && !pairs.has_converged; ++sweep) {
    pairs.has_converged = true;
    for (Eigen::Index p = 0; p < size; ++p) {
      for (Eigen::Index q = p + 1; q < size; ++q) {
        const double common = std::abs(matrix(p, q));
        if (common <= 1e-17 * (std::abs(matrix(p, p)) + std::abs(matrix(q, q))) || common < 1e-300) continue;
        pairs.has_converged = false;
        rotate(matrix, turned, p, q);
      }
    }
  }
  std::vector<Eigen::Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return matrix(a, a) > matrix(b, b); });
  pairs.values.resize(size);
  pairs.vectors.resize(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    pairs.values[i] = matrix(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(i)]);
    pairs.vectors.col(i) = turned.row(order[static_cast<std::size_t>(i)]).transpose();
  }
  return pairs;
}

}  // namespace regimetry::regimes
