#include "features/feature_table.hpp"

namespace regimetry::features {

std::int64_t FeatureData::row_count() const noexcept {
  std::int64_t count = 0;
  for (const FeatureTable& table : instruments) count += table.row_count();
  return count;
}

}  // namespace regimetry::features
