// Components that explain almost nothing: a few rows, or rows that are all the same in some column.
#pragma once

#include <span>
#include <string>

#include "regimes/mixture/gaussian_components.hpp"
#include "regimes/mixture/row_columns.hpp"
#include "regimes/mixture/spread_prior.hpp"

namespace regimetry::regimes {

// What is wrong with the first component that owns [K] fewer than D + 2 rows, or whose rows vary in a column
// by less than a millionth of that column's variance; empty when all are sound.
[[nodiscard]] std::string describe_degenerate(const RowColumns& rows, const SpreadPrior& prior,
                                              const GaussianComponents& components,
                                              std::span<const double> owned);

}  // namespace regimetry::regimes
