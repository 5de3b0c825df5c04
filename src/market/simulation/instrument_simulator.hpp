// One instrument of a simulated market, bar by bar.
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.hpp"
#include "market/bars.hpp"
#include "market/simulation/bar_calendar.hpp"
#include "market/simulation/cross_section.hpp"
#include "market/simulation/oracle.hpp"
#include "market/simulation/simulation_options.hpp"

namespace regimetry::market {

// What all instruments of a market share. Borrowed by every simulator; must outlive them.
struct MarketPlan {
  const SimulationOptions& options;
  const RegimeParameters& parameters;
  const BarCalendar& calendar;
  const CrossSection& cross_section;
  const Rng& rng;
};

// Bars together with what made them.
struct SimulatedInstrument {
  Bars bars;                           // prices, volume, stamps; of the extras only planted_signal
  std::vector<std::int32_t> regimes;   // [T]
  std::vector<double> returns;         // [T] log returns from close to close
  std::vector<double> shifts;          // [T + 1] in sds, see OracleInput; empty without a planted signal
  std::vector<double> sd_multipliers;  // [T + 1]; empty when every bar has the regime's own sd
  [[nodiscard]] OracleInput oracle_input() const { return {returns, shifts, sd_multipliers}; }
};

// Draws instrument number `instrument_idx`. Every draw comes from a stream of that instrument's own, so the
// others do not matter. Throws Error (kUsage) when the drift carries prices out of the range of numbers.
[[nodiscard]] SimulatedInstrument simulate_instrument(const MarketPlan& plan, int instrument_idx);

}  // namespace regimetry::market
