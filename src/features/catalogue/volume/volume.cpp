// Volume: how much is traded, and on which side of the price. Volume may be 0 on any bar.
#include "features/catalogue/volume/volume.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> volume_features() {
  return join_entries({traded_amount_features(), money_flow_features(), volume_and_price_features()});
}

}  // namespace regimetry::features
