// Where an audit cuts history in two.
//
// A view of one bar ahead shows at the very row before the cut and nowhere else, so what bites rarely is
// found only where a cut stands: at odd places (gaps, missing values, both ends) on purpose, elsewhere by
// number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/rng.hpp"
#include "features/bar_clock.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

struct CutOptions {
  std::int64_t spread_count = 24;  // evenly over the moments at which bars end
  // Before the widest gaps of all instruments together, ties evenly spread, and as many where values are
  // missing.
  std::int64_t gap_count = 12;
  std::int64_t random_count = 8;  // drawn
};

struct Cut {
  TimestampNs moment = 0;          // what is over by then is the past
  bool gets_every_change = false;  // every kind of other future, else removal and redrawing
};

struct CutPlan {
  std::vector<Cut> cuts;            // by moment, without repeats
  std::vector<TimestampNs> others;  // every further moment at which history can be cut, in the order in
                                    // which to take them: any first part of the list is evenly spread
};

// Nothing is cut after the last moment, since no future would be left.
[[nodiscard]] CutPlan plan_cuts(const market::MarketData& data, std::span<const BarClock> clocks,
                                const CutOptions& options, const Rng& rng);

}  // namespace regimetry::features
