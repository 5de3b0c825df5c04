#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> price_features() {
  return {};
}

}  // namespace regimetry::features
