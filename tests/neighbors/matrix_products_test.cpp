// Eigen's own products with the flags that rooms are compiled with: with the wrong alignment they crash.
#include <gtest/gtest.h>

#include <Eigen/Dense>

#include "core/matrix.hpp"

namespace regimetry {
namespace {

TEST(MatrixProducts, OfEverySizeAreWhatPlainLoopsGive) {
  for (const Eigen::Index width : {1, 3, 16, 31, 64, 100}) {
    const MatrixD a = MatrixD::Random(300, width);
    const MatrixD product = a.transpose() * a;
    for (Eigen::Index i = 0; i < width; i += 7)
      for (Eigen::Index j = 0; j < width; j += 5) {
        double sum = 0;
        for (Eigen::Index row = 0; row < a.rows(); ++row) sum += a(row, i) * a(row, j);
        EXPECT_NEAR(product(i, j), sum, 1e-10) << width;
      }
    const Eigen::LLT<MatrixD> factor(product + MatrixD::Identity(width, width));
    EXPECT_EQ(factor.info(), Eigen::Success);
    EXPECT_TRUE(Eigen::SelfAdjointEigenSolver<MatrixD>(product).eigenvalues().allFinite());
  }
}

}  // namespace
}  // namespace regimetry
