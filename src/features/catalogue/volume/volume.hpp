// The group "volume" of the catalogue, and the parts that it is joined from, each in the file of its name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> volume_features();

[[nodiscard]] std::vector<FeatureEntry> traded_amount_features();
[[nodiscard]] std::vector<FeatureEntry> money_flow_features();
[[nodiscard]] std::vector<FeatureEntry> volume_and_price_features();

}  // namespace regimetry::features
