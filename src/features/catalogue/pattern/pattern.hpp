// The group "pattern" of the catalogue, and the parts that it is joined from, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> pattern_features();

[[nodiscard]] std::vector<FeatureEntry> support_resistance_features();
[[nodiscard]] std::vector<FeatureEntry> swing_features();
[[nodiscard]] std::vector<FeatureEntry> candle_pattern_features();

}  // namespace regimetry::features
