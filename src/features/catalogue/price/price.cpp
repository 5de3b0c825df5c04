// Price: returns, the shape of a bar, and where the price stands in its recent past.
#include "features/catalogue/price/price.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> price_features() {
  return join_entries(
      {return_features(), price_level_features(), bar_shape_features(), price_position_features()});
}

}  // namespace regimetry::features
