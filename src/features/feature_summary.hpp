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

// One per feature, the same at any thread count. The median is exact: memory of one column at a time and
// thread.
[[nodiscard]] std::vector<FeatureSummary> summarise(const FeatureData& data, ThreadPool& pool);

}  // namespace regimetry::features
