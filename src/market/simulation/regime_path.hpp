// Which regime rules at each bar: a draw of the (semi-)Markov chain.
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.hpp"
#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

// A path [T] of regime numbers 0 .. K-1 from the stationary law on. `parameters` must be without problems().
// A longer path from the same stream begins with the shorter one. Draws stays, not bars: a bar costs next to
// nothing.
[[nodiscard]] std::vector<std::int32_t> draw_regime_path(const RegimeParameters& parameters,
                                                         std::int64_t bar_count, RngStream stream);

}  // namespace regimetry::market
