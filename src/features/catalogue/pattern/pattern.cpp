// Patterns: where the price stands beside its turning points, and the shapes of single bars. Each is read off
// bars that are complete.
#include "features/catalogue/pattern/pattern.hpp"

#include "features/catalogue/join_entries.hpp"

namespace regimetry::features {

std::vector<FeatureEntry> pattern_features() {
  return join_entries({support_resistance_features(), swing_features(), candle_pattern_features()});
}

}  // namespace regimetry::features
