// Momentum: how fast and how one-sidedly the price moves.
#include "features/catalogue/momentum/momentum.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> momentum_features() {
  return join_entries({relative_strength_features(), range_position_features(), rate_of_change_features(),
                       average_distance_features()});
}

}  // namespace regimetry::features
