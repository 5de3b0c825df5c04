// How far rows are from Gaussian components, in the components' own spread: all that densities need of rows.
//
//   distance = (x - mean)' covariance^-1 (x - mean)
//   log density = log_scale(k) - distance / 2
//
// Sums run over the columns in order and side by side over rows: the same bits on every machine, and for a
// row by itself as for a row among others.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/mixture/gaussian_components.hpp"
#include "regimes/mixture/row_columns.hpp"

namespace regimetry::regimes {

class GaussianDensity {
 public:
  // Covariances must be symmetric with positive variances. One that is not positive definite to the last bit
  // is treated as having a tiny spread where it has none.
  explicit GaussianDensity(const GaussianComponents& components);

  [[nodiscard]] int count() const noexcept { return count_; }
  [[nodiscard]] std::int64_t width() const noexcept { return width_; }
  // Distances of rows first .. first + out.size() - 1 (at most RowColumns::kBlock) to component k.
  void distances(int k, const RowColumns& rows, std::int64_t first, std::span<double> out) const noexcept;
  // Distance of one row [D].
  [[nodiscard]] double distance(int k, std::span<const float> row) const noexcept;
  // log of 1 / sqrt((2 pi)^D det covariance).
  [[nodiscard]] double log_scale(int k) const noexcept;
  [[nodiscard]] double log_determinant(int k) const noexcept {
    return log_determinants_[static_cast<std::size_t>(k)];
  }
  // Diagonal [D] of the inverse covariance of k.
  [[nodiscard]] std::vector<double> precision_diagonal(int k) const;

 private:
  [[nodiscard]] std::int64_t first_column(std::int64_t row) const noexcept { return is_full_ ? 0 : row; }
  [[nodiscard]] double whitener(int k, std::int64_t row, std::int64_t column) const noexcept {
    return whiteners_[static_cast<std::size_t>((k * width_ + row) * width_ + column)];
  }

  int count_ = 0;
  std::int64_t width_ = 0;
  bool is_full_ = true;
  MatrixD means_;                         // [K, D]
  std::vector<double> whiteners_;         // [K, D, D], lower: W covariance W' = identity
  std::vector<double> log_determinants_;  // [K]
};

}  // namespace regimetry::regimes
