#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> pattern_features() {
  return {};
}

}  // namespace regimetry::features
