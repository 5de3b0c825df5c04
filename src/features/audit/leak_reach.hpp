// How many bars ahead a leaking value reads: found by leaving the next bars as they were and changing only
// those behind them.
#pragma once

#include <cstdint>
#include <optional>

#include "core/rng.hpp"
#include "features/audit/altered_future.hpp"
#include "features/audit/computation.hpp"
#include "features/bar_clock.hpp"

namespace regimetry::features {

// A value that moved: the row of a table of the reference, and the change of the future that moved it.
struct MovedValue {
  std::size_t instrument = 0, feature = 0;  // in the reference
  std::int64_t row = 0;
  TimestampNs cut_moment = 0;
  FutureChange change = FutureChange::kRemoved;
  std::uint64_t substream = 0;  // of the draws with which it moved
};

// The furthest bar (1: the next one) of the value's own instrument such that changing that bar and all later
// ones still moves the value. A lower bound: what lies further may matter too little to show in 32 bits, or
// in this change of the future. Nothing when the row belongs to no bar. Calls the computation about log2(T)
// times.
[[nodiscard]] std::optional<std::int64_t> measure_reach(const PanelComputation& computation,
                                                        const market::MarketData& data,
                                                        std::span<const BarClock> clocks,
                                                        const FeatureData& reference, const MovedValue& moved,
                                                        const Rng& rng);

}  // namespace regimetry::features
