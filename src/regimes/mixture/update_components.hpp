// The step of expectation maximisation that moves components to the rows they own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/mixture/gaussian_components.hpp"
#include "regimes/mixture/row_columns.hpp"
#include "regimes/mixture/spread_prior.hpp"

namespace regimetry::regimes {

struct ComponentWeights {
  std::span<const double> owned;  // [N, K]: how much of each row belongs to each component
  // [K, N], or empty for ones: how much a row counts for the place of a component; less for outliers of
  // Student-t laws.
  std::span<const double> trust;
};

// With w = owned * trust: mean = sum w x / sum w, covariance = (sum w (x - mean)(x - mean)' + prior rows *
// prior mode) / (sum owned + prior rows), which maximises the expected log posterior. A component that owns
// nothing keeps its mean and gets the prior's mode. Returns what each component owns [K].
std::vector<double> update_components(const RowColumns& rows, const ComponentWeights& weights,
                                      const SpreadPrior& prior, GaussianComponents& components);

// Components from nothing but labels [N], each row owned whole by its label's.
[[nodiscard]] GaussianComponents components_of_labels(const RowColumns& rows, const SpreadPrior& prior,
                                                      CovarianceShape shape, int component_count,
                                                      std::span<const std::int32_t> labels);

}  // namespace regimetry::regimes
