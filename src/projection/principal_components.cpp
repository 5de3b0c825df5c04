#include "projection/principal_components.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "projection/require_rows.hpp"

namespace regimetry::projection {
namespace {

// At most 16 chunks, as each holds a covariance of its own; cut by the number of rows alone.
std::int64_t rows_per_chunk(std::int64_t row_count) {
  return std::max<std::int64_t>(512, (row_count + 15) / 16);
}

// Sums what `part` makes of each chunk of rows, in the order of the chunks.
template <class Sum, class Part>
Sum sum_over_chunks(std::int64_t row_count, ThreadPool& pool, Sum total, const Part& part) {
  const std::int64_t grain = rows_per_chunk(row_count);
  std::vector<Sum> parts(static_cast<std::size_t>((row_count + grain - 1) / grain));
  pool.parallel_for(row_count, grain, [&](IndexRange chunk) {
    parts[static_cast<std::size_t>(chunk.begin / grain)] = part(chunk);
  });
  for (const Sum& one : parts) total += one;
  return total;
}

// Adds the outer products of centred rows to the upper triangle of `sum`. By hand: an Eigen product needs
// memory more aligned than this project promises it, and sums in an order that depends on the processor.
void add_outer_products(const MatrixD& centered, MatrixD& sum) {
  for (Eigen::Index row = 0; row < centered.rows(); ++row) {
    const double* const values = centered.data() + row * centered.cols();
    for (Eigen::Index i = 0; i < centered.cols(); ++i) {
      double* const sums = sum.data() + i * sum.cols();
      for (Eigen::Index j = i; j < centered.cols(); ++j) sums[j] += values[i] * values[j];
    }
  }
}

MatrixD covariance(const Eigen::Ref<const MatrixF>& rows, const Eigen::RowVectorXd& mean, ThreadPool& pool) {
  const MatrixD zero = MatrixD::Zero(rows.cols(), rows.cols());
  const MatrixD sum = sum_over_chunks(rows.rows(), pool, zero, [&](IndexRange chunk) {
    MatrixD part = zero;
    add_outer_products(rows.middleRows(chunk.begin, chunk.size()).cast<double>().rowwise() - mean, part);
    return part;
  });
  MatrixD symmetric = sum.selfadjointView<Eigen::Upper>();
  return symmetric / static_cast<double>(std::max<Eigen::Index>(1, rows.rows() - 1));
}

Eigen::RowVectorXd with_fixed_sign(Eigen::RowVectorXd axis) {
  Eigen::Index largest = 0;
  // Magnitudes that rounding alone tells apart count as equal, and the first of them decides.
  for (Eigen::Index i = 1; i < axis.size(); ++i)
    if (std::abs(axis[i]) > std::abs(axis[largest]) * (1 + 1e-9)) largest = i;
  return axis[largest] < 0 ? Eigen::RowVectorXd(-axis) : axis;
}

}  // namespace

MatrixF PrincipalComponents::transform(const Eigen::Ref<const MatrixF>& rows) const {
  if (rows.cols() != axes.cols()) {
    throw Error(ErrorKind::kUsage, fmt::format("principal components of {} columns cannot place rows of {}",
                                               axes.cols(), rows.cols()));
  }
  MatrixF placed(rows.rows(), axes.rows());
  // Row by row: a product of matrices would sum in an order that depends on how many rows there are.
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const Eigen::RowVectorXd centered = rows.row(row).cast<double>() - mean;
    for (Eigen::Index axis = 0; axis < axes.rows(); ++axis)
      placed(row, axis) = static_cast<float>(centered.dot(axes.row(axis)));
  }
  return placed;
}

PrincipalComponents fit_principal_components(const Eigen::Ref<const MatrixF>& rows, int axis_count,
                                             ThreadPool& pool) {
  require_rows(rows, "principal components");
  if (axis_count < 1 || axis_count > rows.cols()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("principal components: {} axes of rows with {} columns; ask for 1 to {}",
                            axis_count, rows.cols(), rows.cols()));
  }
  PrincipalComponents fit;
  fit.mean = sum_over_chunks(rows.rows(), pool, Eigen::RowVectorXd(Eigen::RowVectorXd::Zero(rows.cols())),
                             [&](IndexRange chunk) {
                               return Eigen::RowVectorXd(
                                   rows.middleRows(chunk.begin, chunk.size()).cast<double>().colwise().sum());
                             }) /
             static_cast<double>(rows.rows());
  const MatrixD matrix = covariance(rows, fit.mean, pool);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{Eigen::MatrixXd(matrix)};
  if (solver.info() != Eigen::Success)
    throw Error(ErrorKind::kInternal, "principal components: the eigenvalue solver did not converge");
  fit.total_variance = matrix.trace();
  fit.axes.resize(axis_count, rows.cols());
  for (int axis = 0; axis < axis_count; ++axis) {
    const Eigen::Index from_smallest = rows.cols() - 1 - axis;
    fit.axes.row(axis) = with_fixed_sign(solver.eigenvectors().col(from_smallest).transpose());
    fit.variances.push_back(std::max(0.0, solver.eigenvalues()[from_smallest]));
  }
  return fit;
}

}  // namespace regimetry::projection
