// The labels that occur, in the order in which they first do.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

[[nodiscard]] std::vector<int> order_of_appearance(std::span<const std::int32_t> labels);

}  // namespace regimetry::regimes
