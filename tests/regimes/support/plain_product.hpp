// a b in plain loops: what products are checked against.
#pragma once

#include "core/matrix.hpp"

namespace regimetry::regimes {

inline MatrixD plain_product(const MatrixD& a, const MatrixD& b) {
  MatrixD product = MatrixD::Zero(a.rows(), b.cols());
  for (Eigen::Index row = 0; row < a.rows(); ++row) {
    for (Eigen::Index i = 0; i < a.cols(); ++i) {
      for (Eigen::Index column = 0; column < b.cols(); ++column)
        product(row, column) += a(row, i) * b(i, column);
    }
  }
  return product;
}

}  // namespace regimetry::regimes
