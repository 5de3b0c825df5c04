#include "features/audit/column_deviation.hpp"

#include <cmath>

namespace regimetry::features {

double column_deviation(const FeatureTable& table, std::size_t feature) {
  double n = 0, mean = 0, squares = 0;
  for (Eigen::Index row = 0; row < table.values.rows(); ++row) {
    const double value = table.values(row, static_cast<Eigen::Index>(feature));
    if (!std::isfinite(value)) continue;
    n += 1;
    const double step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
  }
  return n > 1 ? std::sqrt(squares / n) : 0;
}

}  // namespace regimetry::features
