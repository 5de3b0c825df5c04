// Each feature in a few numbers, over all instruments.
#pragma once

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "features/feature_table.hpp"

namespace regimetry::features {

// Of the values that are not missing; NaN when there are none.
struct FeatureSummary {
  std::int64_t missing = 0;
  double lowest, median, highest, mean, deviation;  // population deviation
};

// Of the first `feature_count` features, the same at any thread count. Medians are exact, so a few columns
// are copied at a time.
[[nodiscard]] std::vector<FeatureSummary> summarise(const FeatureData& data, std::int64_t feature_count,
                                                    ThreadPool& pool);

}  // namespace regimetry::features
