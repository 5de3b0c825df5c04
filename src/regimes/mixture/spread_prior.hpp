// What is believed of a component's covariance before any row: an inverse Wishart law with its mode at a
// diagonal matrix, worth a few rows.
//
// Why: without it the likelihood has no maximum, since a component that shrinks onto one row makes it as
// large as one likes. The mode is the columns' variances over K^(2/D), as Fraley and Raftery (2007) propose:
// K components that share the volume of all rows. Its weight is stated in rows.
#pragma once

#include <optional>
#include <vector>

#include "regimes/mixture/gaussian_components.hpp"
#include "regimes/mixture/gaussian_density.hpp"
#include "regimes/mixture/row_columns.hpp"

namespace regimetry::regimes {

struct SpreadPrior {
  std::vector<double> variances;  // [D], the mode
  double rows = 0;                // what it weighs, above 0

  // Log density at the components' covariances, up to a constant.
  [[nodiscard]] double log_density(const GaussianDensity& density) const;
};

// `prior_rows` absent: D + 2, or 3 for kDiagonal, where each column has a law of its own.
[[nodiscard]] SpreadPrior make_spread_prior(const RowColumns& rows, CovarianceShape shape,
                                            int component_count, std::optional<double> prior_rows);

}  // namespace regimetry::regimes
