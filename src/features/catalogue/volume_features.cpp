// Volume: how much is traded, and on which side of the price. Volume may be 0 on any bar.
#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/join_entries.hpp"
#include "features/catalogue/volume_parts.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> volume_features() {
  return join_entries({traded_amount_features(), money_flow_features(), volume_and_price_features()});
}

}  // namespace regimetry::features
