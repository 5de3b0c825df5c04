#include "projection/initial_map.hpp"

#include <algorithm>
#include <cmath>

#include "projection/principal_components.hpp"

namespace regimetry::projection {

MatrixD initial_map(const Eigen::Ref<const MatrixF>& rows, RngStream stream, ThreadPool& pool) {
  const int axis_count = static_cast<int>(std::min<Eigen::Index>(2, rows.cols()));
  const PrincipalComponents components = fit_principal_components(rows, axis_count, pool);
  const MatrixD placed = components.transform(rows).cast<double>();
  MatrixD map(rows.rows(), 2);
  for (int axis = 0; axis < 2; ++axis) {
    // Variance that is only rounding noise of the total is none.
    const bool varies = axis < axis_count && components.variances[static_cast<std::size_t>(axis)] >
                                                 1e-12 * components.total_variance;
    for (Eigen::Index row = 0; row < rows.rows(); ++row)
      map(row, axis) = varies ? placed(row, axis) : stream.normal();
  }
  return map;
}

}  // namespace regimetry::projection
