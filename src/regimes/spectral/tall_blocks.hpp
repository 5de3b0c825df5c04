// Algebra of a few long vectors side by side (N rows, p columns), with the same bits on any number of
// threads: products that sum over rows do so by chunks of rows, in their order.
#pragma once

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::regimes {

// a^T b: [N, p], [N, q] -> [p, q]
[[nodiscard]] MatrixD transposed_product(const MatrixD& a, const MatrixD& b, ThreadPool& pool);
// a <- a m: [N, p] times [p, q]
void multiply_right(MatrixD& a, const MatrixD& m, ThreadPool& pool);
// Takes out of each column of `a` what lies along the unit vector `direction`.
void project_out(const Eigen::VectorXd& direction, MatrixD& a, ThreadPool& pool);
// An orthonormal basis of the span of the columns. Columns that depend on others are replaced by what
// rounding left of them, which is as good as a random direction of the span's surroundings.
void orthonormalize(MatrixD& a, ThreadPool& pool);
// Lengths of the columns of a - b diag(values): residuals, when a = S b.
[[nodiscard]] Eigen::VectorXd column_distances(const MatrixD& a, const MatrixD& b,
                                               const Eigen::VectorXd& values, ThreadPool& pool);

}  // namespace regimetry::regimes
