#include "features/catalogue/catalogue.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> volatility_features() {
  return {};
}

}  // namespace regimetry::features
