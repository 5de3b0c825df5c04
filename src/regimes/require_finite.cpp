#include "regimes/require_finite.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/error.hpp"

namespace regimetry::regimes {

void require_finite(const Eigen::Ref<const MatrixF>& values) {
  if (values.rows() == 0 || values.cols() == 0)
    throw Error(ErrorKind::kData,
                fmt::format("The matrix to find regimes in is {} x {}; it needs at least one "
                            "row and one column.",
                            values.rows(), values.cols()));
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    for (Eigen::Index column = 0; column < values.cols(); ++column) {
      if (!std::isfinite(values(row, column)))
        throw Error(ErrorKind::kData, fmt::format("Row {}, column {} holds {}, which is not a finite number. "
                                                  "Drop or fill such rows first.",
                                                  row, column, values(row, column)));
    }
  }
}

}  // namespace regimetry::regimes
