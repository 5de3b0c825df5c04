// The numbers that regimes get on a first run, so that 0 means the same whatever order a method found them
// in.
#pragma once

#include <cstdint>
#include <span>

#include "regimes/alignment/label_mapping_file.hpp"

namespace regimetry::regimes {

enum class RegimeOrder {
  kVolatility,        // calmest first: standard deviation of the returns of its rows
  kCumulativeReturn,  // worst first: sum of the log returns of its rows
  kSize,              // largest first
  kFirstAppearance,
};

// The number 0..K-1 of each label. `returns` [N]: log return from the row before to this one, NaN where there
// is none; needed by the first two orders, which put regimes with fewer than two returns last. Ties go by
// cumulative return (worst first), then size (largest first), then first appearance. With no returns at all
// (an empty span), the first two orders are by size. Throws Error (kUsage) when lengths differ.
[[nodiscard]] LabelMapping order_regimes(std::span<const std::int32_t> labels,
                                         std::span<const double> returns,
                                         RegimeOrder order = RegimeOrder::kVolatility);

}  // namespace regimetry::regimes
