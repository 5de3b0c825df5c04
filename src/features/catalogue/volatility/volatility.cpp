// Volatility: how much the price moves, how that changes, and what the moves look like.
#include "features/catalogue/volatility/volatility.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> volatility_features() {
  return join_entries({close_volatility_features(), range_volatility_features(), true_range_features(),
                       volatility_change_features(), return_shape_features(), decayed_return_features()});
}

}  // namespace regimetry::features
