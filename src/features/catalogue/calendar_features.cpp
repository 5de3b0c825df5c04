#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> calendar_features() {
  return {};
}

}  // namespace regimetry::features
