#include "regimes/spectral/tall_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "regimes/spectral/symmetric_eigenpairs.hpp"

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
  Eigen::VectorXd lengths = gram.diagonal();
  for (double& length : lengths) length = length > 0 ? 1 / std::sqrt(length) : 0.0;
  gram = lengths.asDiagonal() * gram * lengths.asDiagonal();
  const SymmetricEigenpairs pairs = solve_by_rotations(gram);
  const double least = pairs.values.maxCoeff() * 1e-15 * static_cast<double>(gram.rows());
  Eigen::VectorXd scales = pairs.values;
  for (double& scale : scales) scale = 1 / std::sqrt(std::max(scale, least));
  multiply_right(a, lengths.asDiagonal() * pairs.vectors * scales.asDiagonal(), pool);
}

}  // namespace

MatrixD transposed_product(const MatrixD& a, const MatrixD& b, ThreadPool& pool) {
  return sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        MatrixD sums = MatrixD::Zero(a.cols(), b.cols());
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
          for (Eigen::Index i = 0; i < a.cols(); ++i) sums.row(i) += a(row, i) * b.row(row);
        }
        return sums;
      },
      pool);
}

void multiply_right(MatrixD& a, const MatrixD& m, ThreadPool& pool) {
  MatrixD out = MatrixD::Zero(a.rows(), m.cols());
  pool.parallel_for(a.rows(), kRowsPerChunk, [&](IndexRange rows) {
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      for (Eigen::Index i = 0; i < a.cols(); ++i) out.row(row) += a(row, i) * m.row(i);
    }
  });
  a = std::move(out);
}

void project_out(const Eigen::VectorXd& direction, MatrixD& a, ThreadPool& pool) {
  const MatrixD along = sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        MatrixD sums = MatrixD::Zero(1, a.cols());
        for (std::int64_t row = rows.begin; row < rows.end; ++row) sums.row(0) += direction[row] * a.row(row);
        return sums;
      },
      pool);
  pool.parallel_for(a.rows(), kRowsPerChunk, [&](IndexRange rows) {
    for (std::int64_t row = rows.begin; row < rows.end; ++row) a.row(row) -= direction[row] * along.row(0);
  });
}

void orthonormalize(MatrixD& a, ThreadPool& pool) {
  // The second round removes what rounding left of dependencies in the first, the third that of columns that
  // had depended on others.
  for (int round = 0; round < 3; ++round) whiten(a, pool);
}

Eigen::VectorXd column_distances(const MatrixD& a, const MatrixD& b, const Eigen::VectorXd& values,
                                 ThreadPool& pool) {
  const Eigen::RowVectorXd scales = values.transpose();
  const MatrixD squares = sum_over_chunks(
      a.rows(),
      [&](IndexRange rows) -> MatrixD {
        MatrixD sums = MatrixD::Zero(1, a.cols());
        for (std::int64_t row = rows.begin; row < rows.end; ++row)
          sums.row(0) += (a.row(row) - b.row(row).cwiseProduct(scales)).cwiseAbs2();
        return sums;
      },
      pool);
  Eigen::VectorXd lengths = squares.row(0).transpose();
  for (double& length : lengths) length = std::sqrt(length);
  return lengths;
}

}  // namespace regimetry::regimes
