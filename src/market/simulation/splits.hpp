// Share splits that nobody adjusts prices for.
#pragma once

#include "core/rng.hpp"
#include "market/bars.hpp"

namespace regimetry::market {

// Splits `bars` at `count` different random bars (never the first) by 2, 3, 4 or 1/10 new shares per old one:
// from that bar on prices are divided by the ratio and volume is multiplied. Appends column `split_ratio`, 1
// elsewhere. `count` must be below the number of bars.
void apply_splits(Bars& bars, int count, RngStream stream);

}  // namespace regimetry::market
