#include "regimes/spectral/tall_blocks.hpp"

#include <gtest/gtest.h>

#include "regimes/support/plain_product.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

MatrixD random_block(std::int64_t rows, std::int64_t columns, std::uint64_t seed = 1) {
  return random_rows(rows, columns, seed).cast<double>();
}

TEST(TallBlocks, MultiplyAsEigenDoes) {
  ThreadPool pool(2);
  const MatrixD a = random_block(5000, 6, 1), b = random_block(5000, 4, 2), m = random_block(6, 3, 3);
  EXPECT_NEAR((transposed_product(a, b, pool) - plain_product(a.transpose(), b)).cwiseAbs().maxCoeff(), 0,
              1e-11);
  MatrixD product = a;
  multiply_right(product, m, pool);
  EXPECT_NEAR((product - plain_product(a, m)).cwiseAbs().maxCoeff(), 0, 1e-13);
}

TEST(TallBlocks, HaveTheSameBitsOnAnyNumberOfThreads) {
  ThreadPool one(1), three(3);
  const MatrixD a = random_block(9000, 8);
  EXPECT_EQ(transposed_product(a, a, one), transposed_product(a, a, three));
  MatrixD first = a, second = a;
  orthonormalize(first, one);
  orthonormalize(second, three);
  EXPECT_EQ(first, second);
}

TEST(TallBlocks, ProjectOutLeavesNothingAlong) {
  ThreadPool pool(2);
  MatrixD a = random_block(5000, 4);
  const Eigen::VectorXd direction = random_block(5000, 1, 7).col(0).normalized();
  project_out(direction, a, pool);
  EXPECT_NEAR(plain_product(direction.transpose(), a).cwiseAbs().maxCoeff(), 0, 1e-12);
}

void expect_orthonormal(const MatrixD& a) {
  EXPECT_NEAR((plain_product(a.transpose(), a) - MatrixD::Identity(a.cols(), a.cols())).cwiseAbs().maxCoeff(),
              0, 1e-12);
}

TEST(TallBlocks, OrthonormalizeKeepsTheSpan) {
  ThreadPool pool(2);
  const MatrixD before = random_block(3000, 5);
  MatrixD after = before;
  orthonormalize(after, pool);
  expect_orthonormal(after);
  const MatrixD shares = plain_product(after.transpose(), before);
  EXPECT_NEAR((before - plain_product(after, shares)).cwiseAbs().maxCoeff(), 0, 1e-11);
}

TEST(TallBlocks, OrthonormalizeStandsColumnsThatHardlyDiffer) {
  ThreadPool pool(2);
  MatrixD a = random_block(3000, 5);
  a.col(1) = a.col(0) + 1e-9 * a.col(1);
  a.col(2) *= 1e-150;
  a.col(3) = 1e100 * a.col(3);
  orthonormalize(a, pool);
  expect_orthonormal(a);
}

TEST(TallBlocks, ColumnDistances) {
  ThreadPool pool(1);
  MatrixD a(2, 2), b(2, 2);
  a << 3, 1, 4, 1;
  b << 0, 1, 0, 1;
  const Eigen::VectorXd distances = column_distances(a, b, Eigen::Vector2d(7, 1), pool);
  EXPECT_EQ(distances[0], 5);
  EXPECT_EQ(distances[1], 0);
}

}  // namespace
}  // namespace regimetry::regimes
