// Every indicator there is, by name.
#pragma once

#include <string_view>
#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

// In the order of the documentation: by group, then as listed there. Built once; safe from any thread.
[[nodiscard]] const std::vector<FeatureEntry>& feature_catalogue();
// Null when there is none of that name.
[[nodiscard]] const FeatureEntry* find_feature(std::string_view name);

}  // namespace regimetry::features
