// K Gaussian laws over D columns: where each lies and how it spreads.
//
// Student-t laws use the same two, with scale matrices in place of covariances.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

enum class CovarianceShape {
  kAutomatic,  // before a fit: see resolve_shape()
  kFull,
  kDiagonal,  // columns are independent within a component
};
[[nodiscard]] std::string_view shape_name(CovarianceShape shape) noexcept;

struct GaussianComponents {
  CovarianceShape shape = CovarianceShape::kFull;  // never kAutomatic
  MatrixD means;                                   // [K, D]
  MatrixD covariances;  // [K * D, D] one below the other; kDiagonal: [K, D] variances

  [[nodiscard]] int count() const noexcept { return static_cast<int>(means.rows()); }
  [[nodiscard]] std::int64_t width() const noexcept { return means.cols(); }
  [[nodiscard]] double variance(int component, std::int64_t column) const noexcept {
    return shape == CovarianceShape::kFull ? covariances(component * width() + column, column)
                                           : covariances(component, column);
  }
  // Free numbers in means and covariances.
  [[nodiscard]] std::int64_t parameter_count() const noexcept;
  // The components listed, in that order.
  [[nodiscard]] GaussianComponents selected(const std::vector<int>& components) const;
};

// kAutomatic becomes kFull when every component can expect ten rows for each number of a full covariance,
// N / K >= 10 * D (D + 1) / 2, and kDiagonal otherwise; other shapes stay.
[[nodiscard]] CovarianceShape resolve_shape(CovarianceShape shape, std::int64_t row_count, std::int64_t width,
                                            int component_count) noexcept;

}  // namespace regimetry::regimes
