// The standard deviation of a feature: the unit in which audits measure how far two values lie apart.
#pragma once

#include "features/feature_table.hpp"

namespace regimetry::features {

// Over the finite values of the column (population form, Welford's recursion); 0 for fewer than two.
[[nodiscard]] double column_deviation(const FeatureTable& table, std::size_t feature);

}  // namespace regimetry::features
