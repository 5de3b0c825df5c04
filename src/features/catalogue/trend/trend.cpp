// Trend: averages of the price, channels around it, its direction and how straight it goes.
#include "features/catalogue/trend/trend.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> trend_features() {
  return join_entries({moving_average_features(), convergence_features(), channel_features(),
                       cloud_features(), directional_features(), typical_price_features(),
                       trend_line_features(), range_behaviour_features()});
}

}  // namespace regimetry::features
