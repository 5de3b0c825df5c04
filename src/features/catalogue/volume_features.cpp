#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> volume_features() {
  return {};
}

}  // namespace regimetry::features
