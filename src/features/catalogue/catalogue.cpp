#include "features/catalogue/catalogue.hpp"

#include <iterator>

namespace regimetry::features {
namespace {

std::vector<FeatureEntry> join_groups() {
  std::vector<FeatureEntry> all;
  for (auto* group : {price_features, trend_features, momentum_features, volume_features, volatility_features,
                      pattern_features, calendar_features, across_features}) {
    std::vector<FeatureEntry> entries = group();
    all.insert(all.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  }
  return all;
}

}  // namespace

const std::vector<FeatureEntry>& feature_catalogue() {
  static const std::vector<FeatureEntry> catalogue = join_groups();
  return catalogue;
}

const FeatureEntry* find_feature(std::string_view name) {
  for (const FeatureEntry& entry : feature_catalogue()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace regimetry::features
