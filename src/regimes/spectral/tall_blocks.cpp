#include "regimes/spectral/tall_blocks.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <vector>

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kRowsPerChunk = 2048;

// The sum of part_of(rows) over all chunks, in their order.
template <class PartOf>
MatrixD sum_over_chunks(std::int64_t row_count, const PartOf& part_of, ThreadPool& pool) {
  std::vector<MatrixD> parts(static_cast<std::size_t>((row_count + kRowsPerChunk - 1) / kRowsPerChunk));
  pool.parallel_for(row_count, kRowsPerChunk, [&](IndexRange rows) {
    parts[static_cast<std::size_t>(rows.begin / kRowsPerChunk)] = part_of(rows);
  });
  MatrixD sum = parts.front();
  for (std::size_t part = 1; part < parts.size(); ++part) sum += parts[part];
  return sum;
}

// One round: the columns become the eigenvectors of their own products, scaled to length 1.
void whiten(MatrixD& a, ThreadPool& pool) {
  MatrixD gram = transposed_product(a, a, pool);
  // Columns of very different lengths would hide the short ones.
  Eigen::VectorXd lengths = gram.diagonal().cwiseSqrt();
  for (Eigen::Index i = 0; i < lengths.size(); ++i) lengths[i] = lengths[i] > 0 ? 1 / lengths[i] : 0.0;
  gram = lengths.asDiagonal() * gram * lengths.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixD> solver(gram);
  const double least = solver.eigenvalues().maxCoeff() * 1e-15 * static_cast<double>(gram.rows());
  const Eigen::VectorXd scales = solver.eigenvalues().cwiseMax(least).cwiseSqrt().cwiseInverse();
  multiply_right(a, lengths.asDiagonal() * solver.eigenvectors() * scales.asDiagonal(), pool);
}

}  // namespace

MatrixD transposed_product(const MatrixD& a, const MatrixD& b, ThreadPool& pool) {
  return sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        return a.middleRows(rows.begin, rows.size()).transpose() * b.middleRows(rows.begin, rows.size());
      },
      pool);
}

void multiply_right(MatrixD& a, const MatrixD& m, ThreadPool& pool) {
  MatrixD out(a.rows(), m.cols());
  pool.parallel_for(a.rows(), kRowsPerChunk, [&](IndexRange rows) {
    out.middleRows(rows.begin, rows.size()).noalias() = a.middleRows(rows.begin, rows.size()) * m;
  });
  a = std::move(out);
}

void project_out(const Eigen::VectorXd& direction, MatrixD& a, ThreadPool& pool) {
  const MatrixD along = sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        return direction.segment(rows.begin, rows.size()).transpose() * a.middleRows(rows.begin, rows.size());
      },
      pool);
  pool.parallel_for(a.rows(), kRowsPerChunk, [&](IndexRange rows) {
    a.middleRows(rows.begin, rows.size()).noalias() -= direction.segment(rows.begin, rows.size()) * along;
  });
}

void orthonormalize(MatrixD& a, ThreadPool& pool) {
  // The second round removes what rounding left of dependencies in the first, the third that of columns that
  // had depended on others.
  for (int round = 0; round < 3; ++round) whiten(a, pool);
}

Eigen::VectorXd column_distances(const MatrixD& a, const MatrixD& b, const Eigen::VectorXd& values,
                                 ThreadPool& pool) {
  const MatrixD squares = sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        return (a.middleRows(rows.begin, rows.size()) -
                b.middleRows(rows.begin, rows.size()) * values.asDiagonal())
            .colwise()
            .squaredNorm();
      },
      pool);
  return squares.row(0).cwiseSqrt().transpose();
}

}  // namespace regimetry::regimes
