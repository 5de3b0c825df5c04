// Prices that are hard on rolling sums: near a million, moving by about a cent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace regimetry::features::testing {

// A random walk from 1'000'000 on; the moves have deviation 0.01.
[[nodiscard]] std::vector<double> slow_walk(std::size_t count, std::uint64_t seed);

}  // namespace regimetry::features::testing
