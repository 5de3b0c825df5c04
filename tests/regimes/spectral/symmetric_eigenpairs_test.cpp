#include "regimes/spectral/symmetric_eigenpairs.hpp"

#include <gtest/gtest.h>

#include "regimes/support/plain_product.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

TEST(SymmetricEigenpairs, OfTwoByTwo) {
  MatrixD matrix(2, 2);
  matrix << 2, 1, 1, 2;
  const SymmetricEigenpairs pairs = solve_by_rotations(matrix);
  EXPECT_NEAR(pairs.values[0], 3, 1e-15);
  EXPECT_NEAR(pairs.values[1], 1, 1e-15);
  EXPECT_NEAR(std::abs(pairs.vectors.col(0).sum()), std::sqrt(2.0), 1e-15);
}

TEST(SymmetricEigenpairs, PutTogetherGiveTheMatrix) {
  for (const int size : {1, 3, 24, 150}) {
    MatrixD matrix = random_rows(size, size).cast<double>();
    matrix = (matrix + matrix.transpose()).eval() / 2;
    if (size == 24) matrix.topRows(8).setZero(), matrix.leftCols(8).setZero();  // an eigenvalue eight times
    const SymmetricEigenpairs pairs = solve_by_rotations(matrix);
    EXPECT_TRUE(pairs.has_converged);
    const MatrixD together =
        plain_product(pairs.vectors * pairs.values.asDiagonal(), pairs.vectors.transpose());
    EXPECT_NEAR((together - matrix).cwiseAbs().maxCoeff(), 0, 1e-12 * size);
    const MatrixD products = plain_product(pairs.vectors.transpose(), pairs.vectors);
    EXPECT_NEAR((products - MatrixD::Identity(size, size)).cwiseAbs().maxCoeff(), 0, 1e-13 * size);
    for (int i = 1; i < size; ++i) EXPECT_GE(pairs.values[i - 1], pairs.values[i]);
  }
}

}  // namespace
}  // namespace regimetry::regimes
