#include "features/catalogue/catalogue.hpp"

#include "features/catalogue/across.hpp"
#include "features/catalogue/calendar.hpp"
#include "features/catalogue/join_entries.hpp"
#include "features/catalogue/momentum/momentum.hpp"
#include "features/catalogue/pattern/pattern.hpp"
#include "features/catalogue/price/price.hpp"
#include "features/catalogue/trend/trend.hpp"
#include "features/catalogue/volatility/volatility.hpp"
#include "features/catalogue/volume/volume.hpp"

namespace regimetry::features {

const std::vector<FeatureEntry>& feature_catalogue() {
  static const std::vector<FeatureEntry> catalogue =
      join_entries({price_features(), trend_features(), momentum_features(), volume_features(),
                    volatility_features(), pattern_features(), calendar_features(), across_features()});
  return catalogue;
}

const FeatureEntry* find_feature(std::string_view name) {
  for (const FeatureEntry& entry : feature_catalogue()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace regimetry::features
