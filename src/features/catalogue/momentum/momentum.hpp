// The group "momentum" of the catalogue, and the parts that it is joined from, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> momentum_features();

[[nodiscard]] std::vector<FeatureEntry> relative_strength_features();
[[nodiscard]] std::vector<FeatureEntry> rate_of_change_features();
[[nodiscard]] std::vector<FeatureEntry> range_position_features();
[[nodiscard]] std::vector<FeatureEntry> average_distance_features();

}  // namespace regimetry::features
