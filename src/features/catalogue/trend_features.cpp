// Trend: averages of the price, channels around it, its direction and how straight it goes.
#include <iterator>

#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/trend_groups.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> trend_features() {
  std::vector<FeatureEntry> all;
  for (auto* part : {moving_average_features, convergence_features, channel_features, cloud_features,
                     directional_features, typical_price_features, trend_line_features}) {
    std::vector<FeatureEntry> entries = part();
    all.insert(all.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  }
  return all;
}

}  // namespace regimetry::features
