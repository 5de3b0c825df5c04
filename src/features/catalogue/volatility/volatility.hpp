// The group "volatility" of the catalogue, and the parts that it is joined from, each in the file of its
// name.
#pragma once

#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] std::vector<FeatureEntry> volatility_features();

[[nodiscard]] std::vector<FeatureEntry> close_volatility_features();   // from closes alone
[[nodiscard]] std::vector<FeatureEntry> range_volatility_features();   // from open, high, low and close
[[nodiscard]] std::vector<FeatureEntry> true_range_features();         // true range and its average
[[nodiscard]] std::vector<FeatureEntry> volatility_change_features();  // how volatility itself moves
[[nodiscard]] std::vector<FeatureEntry> return_shape_features();       // tails, jumps and memory of returns
[[nodiscard]] std::vector<FeatureEntry> decayed_return_features();     // exponentially weighted gain and risk

}  // namespace regimetry::features
