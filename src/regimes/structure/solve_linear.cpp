#include "regimes/structure/solve_linear.hpp"

#include <cmath>
#include <utility>

namespace regimetry::regimes {
namespace {

void subtract_row(MatrixD& matrix, Eigen::Index target, Eigen::Index source, double factor) {
  for (Eigen::Index column = 0; column < matrix.cols(); ++column)
    matrix(target, column) -= factor * matrix(source, column);
}

}  // namespace

MatrixD solve_linear(MatrixD a, MatrixD b) {
  const Eigen::Index size = a.rows();
  for (Eigen::Index pivot = 0; pivot < size; ++pivot) {
    Eigen::Index largest = pivot;
    for (Eigen::Index row = pivot + 1; row < size; ++row) {
      if (std::abs(a(row, pivot)) > std::abs(a(largest, pivot))) largest = row;
    }
    a.row(pivot).swap(a.row(largest));
    b.row(pivot).swap(b.row(largest));
    for (Eigen::Index row = 0; row < size; ++row) {
      if (row == pivot || a(row, pivot) == 0) continue;
      const double factor = a(row, pivot) / a(pivot, pivot);
      subtract_row(a, row, pivot, factor);
      subtract_row(b, row, pivot, factor);
    }
  }
  for (Eigen::Index row = 0; row < size; ++row) {
    for (Eigen::Index column = 0; column < b.cols(); ++column) b(row, column) /= a(row, row);
  }
  return b;
}

}  // namespace regimetry::regimes
