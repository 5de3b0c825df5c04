// A group of the catalogue from the files that describe its parts.
#pragma once

#include <initializer_list>
#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] inline std::vector<FeatureEntry> join_entries(
    std::initializer_list<std::vector<FeatureEntry>> parts) {
  std::vector<FeatureEntry> all;
  for (const std::vector<FeatureEntry>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace regimetry::features
