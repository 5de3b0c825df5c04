// The group "calendar" of the catalogue: where in the year, week and day a bar stands, in UTC.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> calendar_features();

}  // namespace regimetry::features
