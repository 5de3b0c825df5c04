// The group "price" of the catalogue, and the parts that it is joined from, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> price_features();

[[nodiscard]] std::vector<FeatureEntry> return_features();          // what the price gained or lost
[[nodiscard]] std::vector<FeatureEntry> price_level_features();     // one price for a whole bar
[[nodiscard]] std::vector<FeatureEntry> bar_shape_features();       // the shape of one bar
[[nodiscard]] std::vector<FeatureEntry> price_position_features();  // where the price stands in its past

}  // namespace regimetry::features
