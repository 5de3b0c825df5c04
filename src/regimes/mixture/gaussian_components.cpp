#include "regimes/mixture/gaussian_components.hpp"

namespace regimetry::regimes {

std::string_view shape_name(CovarianceShape shape) noexcept {
  switch (shape) {
    case CovarianceShape::kFull:
      return "full";
    case CovarianceShape::kDiagonal:
      return "diagonal";
    case CovarianceShape::kAutomatic:
      break;
  }
  return "automatic";
}

std::int64_t GaussianComponents::parameter_count() const noexcept {
  const std::int64_t spread = shape == CovarianceShape::kFull ? width() * (width() + 1) / 2 : width();
  return count() * (width() + spread);
}

GaussianComponents GaussianComponents::selected(const std::vector<int>& components) const {
  const auto chosen = static_cast<Eigen::Index>(components.size());
  const Eigen::Index rows = shape == CovarianceShape::kFull ? width() : 1;
  GaussianComponents result{shape, MatrixD(chosen, width()), MatrixD(chosen * rows, width())};
  for (Eigen::Index i = 0; i < chosen; ++i) {
    const Eigen::Index from = components[static_cast<std::size_t>(i)];
    result.means.row(i) = means.row(from);
    result.covariances.middleRows(i * rows, rows) = covariances.middleRows(from * rows, rows);
  }
  return result;
}

CovarianceShape resolve_shape(CovarianceShape shape, std::int64_t row_count, std::int64_t width,
                              int component_count) noexcept {
  if (shape != CovarianceShape::kAutomatic) return shape;
  const std::int64_t needed = 10 * (width * (width + 1) / 2) * component_count;
  return row_count >= needed ? CovarianceShape::kFull : CovarianceShape::kDiagonal;
}

}  // namespace regimetry::regimes
