// The parts of the pattern group, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> support_resistance_features();
[[nodiscard]] std::vector<FeatureEntry> swing_features();
[[nodiscard]] std::vector<FeatureEntry> candle_pattern_features();

}  // namespace regimetry::features
