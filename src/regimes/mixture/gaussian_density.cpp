#include "regimes/mixture/gaussian_density.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kLogTwoPi = 1.8378770664093454836;
// A pivot below this share of its variance is rounding error and no spread.
constexpr double kLeastPivotShare = 1e-14;

// The lower triangular factor of a covariance. Our own, because the order of sums in a library's follows the
// width of the processor's registers.
MatrixD cholesky(const MatrixD& covariance) {
  const Eigen::Index width = covariance.rows();
  MatrixD factor = MatrixD::Zero(width, width);
  for (Eigen::Index row = 0; row < width; ++row) {
    for (Eigen::Index column = 0; column <= row; ++column) {
      double sum = covariance(row, column);
      for (Eigen::Index i = 0; i < column; ++i) sum -= factor(row, i) * factor(column, i);
      factor(row, column) = row == column ? std::sqrt(std::max(sum, kLeastPivotShare * covariance(row, row)))
                                          : sum / factor(column, column);
    }
  }
  return factor;
}

MatrixD inverse_of_lower(const MatrixD& factor) {
  const Eigen::Index width = factor.rows();
  MatrixD inverse = MatrixD::Zero(width, width);
  for (Eigen::Index column = 0; column < width; ++column) {
    inverse(column, column) = 1 / factor(column, column);
    for (Eigen::Index row = column + 1; row < width; ++row) {
      double sum = 0;
      for (Eigen::Index i = column; i < row; ++i) sum -= factor(row, i) * inverse(i, column);
      inverse(row, column) = sum / factor(row, row);
    }
  }
  return inverse;
}

MatrixD covariance_of(const GaussianComponents& components, int k) {
  const Eigen::Index width = components.width();
  if (components.shape == CovarianceShape::kFull) return components.covariances.middleRows(k * width, width);
  return components.covariances.row(k).asDiagonal();
}

}  // namespace

GaussianDensity::GaussianDensity(const GaussianComponents& components)
    : count_(components.count()),
      width_(components.width()),
      is_full_(components.shape == CovarianceShape::kFull),
      means_(components.means) {
  assert(components.shape != CovarianceShape::kAutomatic);
  whiteners_.reserve(static_cast<std::size_t>(count_ * width_ * width_));
  for (int k = 0; k < count_; ++k) {
    const MatrixD factor = cholesky(covariance_of(components, k));
    const MatrixD inverse = inverse_of_lower(factor);
    double log_root = 0;
    for (Eigen::Index i = 0; i < width_; ++i) log_root += portable_log(factor(i, i));
    log_determinants_.push_back(2 * log_root);
    whiteners_.insert(whiteners_.end(), inverse.data(), inverse.data() + inverse.size());
  }
}

void GaussianDensity::distances(int k, const RowColumns& rows, std::int64_t first,
                                std::span<double> out) const noexcept {
  const std::size_t count = out.size();
  assert(count <= static_cast<std::size_t>(RowColumns::kBlock));
  std::fill(out.begin(), out.end(), 0.0);
  std::array<double, RowColumns::kBlock> white;
  for (std::int64_t i = 0; i < width_; ++i) {
    std::fill_n(white.begin(), count, 0.0);
    for (std::int64_t column = first_column(i); column <= i; ++column) {
      const double* __restrict values = rows.at(first, column);
      const double weight = whitener(k, i, column), mean = means_(k, column);
      for (std::size_t row = 0; row < count; ++row) white[row] += weight * (values[row] - mean);
    }
    for (std::size_t row = 0; row < count; ++row) out[row] += white[row] * white[row];
  }
}

double GaussianDensity::distance(int k, std::span<const float> row) const noexcept {
  double total = 0;
  for (std::int64_t i = 0; i < width_; ++i) {
    double white = 0;
    for (std::int64_t column = first_column(i); column <= i; ++column)
      white += whitener(k, i, column) *
               (static_cast<double>(row[static_cast<std::size_t>(column)]) - means_(k, column));
    total += white * white;
  }
  return total;
}

double GaussianDensity::log_scale(int k) const noexcept {
  return -0.5 * (static_cast<double>(width_) * kLogTwoPi + log_determinant(k));
}

std::vector<double> GaussianDensity::precision_diagonal(int k) const {
  std::vector<double> diagonal(static_cast<std::size_t>(width_), 0.0);
  for (std::int64_t row = 0; row < width_; ++row) {
    for (std::int64_t column = first_column(row); column <= row; ++column)
      diagonal[static_cast<std::size_t>(column)] += whitener(k, row, column) * whitener(k, row, column);
  }
  return diagonal;
}

}  // namespace regimetry::regimes
