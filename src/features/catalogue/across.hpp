// The group "across" of the catalogue: instruments against each other at the same stamp.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> across_features();

}  // namespace regimetry::features
