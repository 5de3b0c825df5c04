#include "projection/require_rows.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/error.hpp"

namespace regimetry::projection {

void require_rows(const Eigen::Ref<const MatrixF>& rows, std::string_view what) {
  if (rows.rows() == 0 || rows.cols() == 0) {
    throw Error(ErrorKind::kData,
                fmt::format("{}: the matrix is {} x {}; it needs at least one row and one column", what,
                            rows.rows(), rows.cols()));
  }
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    for (Eigen::Index column = 0; column < rows.cols(); ++column) {
      if (std::isfinite(rows(row, column))) continue;
      throw Error(ErrorKind::kData,
                  fmt::format("{}: row {}, column {} is {}; every value must be finite. Remove such rows or "
                              "fill them first.",
                              what, row, column, rows(row, column)));
    }
  }
}

}  // namespace regimetry::projection
