// The numbers that the regimes of a first fit get: the quietest is 0.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// The number of each label 0 .. regime_count-1, as order_regimes() orders them by volatility.
[[nodiscard]] std::vector<std::int32_t> ordered_numbers(std::span<const std::int32_t> labels,
                                                        int regime_count, std::span<const double> returns);

}  // namespace regimetry::regimes
