// Pieces of instruments from several files -> one entry per symbol and timeframe.
#pragma once

#include <vector>

#include "market/bars.hpp"

namespace regimetry::market {

// Pieces of one instrument are put one behind the other in the order of their first stamps; where they
// overlap, time goes backwards and stays so, for quality/ to see. A piece too short to have a timeframe joins
// the only one its symbol has. Result sorted by symbol, then timeframe. Extras of single pieces are missing
// in the others.
[[nodiscard]] std::vector<Bars> join_instruments(std::vector<Bars> pieces);

}  // namespace regimetry::market
