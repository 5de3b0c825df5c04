// Parts of the catalogue, one after the other.
#pragma once

#include <initializer_list>
#include <iterator>
#include <vector>

#include "features/catalogue/feature_entry.hpp"

namespace regimetry::features {

[[nodiscard]] inline std::vector<FeatureEntry> join_features(
    std::initializer_list<std::vector<FeatureEntry> (*)()> parts) {
  std::vector<FeatureEntry> all;
  for (auto* part : parts) {
    std::vector<FeatureEntry> entries = part();
    all.insert(all.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  }
  return all;
}

}  // namespace regimetry::features
