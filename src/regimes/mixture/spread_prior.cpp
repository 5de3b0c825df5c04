#include "regimes/mixture/spread_prior.hpp"

#include "core/portable_math.hpp"

namespace regimetry::regimes {

double SpreadPrior::log_density(const GaussianDensity& density) const {
  double total = 0;
  for (int k = 0; k < density.count(); ++k) {
    total += density.log_determinant(k);
    const std::vector<double> precisions = density.precision_diagonal(k);
    for (std::size_t column = 0; column < variances.size(); ++column)
      total += variances[column] * precisions[column];
  }
  return -0.5 * rows * total;
}

SpreadPrior make_spread_prior(const RowColumns& rows, CovarianceShape shape, int component_count,
                              std::optional<double> prior_rows) {
  const auto width = static_cast<double>(rows.width());
  SpreadPrior prior{rows.variances(), prior_rows.value_or(shape == CovarianceShape::kFull ? width + 2 : 3.0)};
  const double share = portable_exp(-2 / width * portable_log(static_cast<double>(component_count)));
  for (double& variance : prior.variances) variance *= share;
  return prior;
}

}  // namespace regimetry::regimes
