#include "simulated_sequences.hpp"

#include "core/parallel.hpp"
#include "market/simulation/simulate_market.hpp"

namespace regimetry::bench {

SequenceSet draw_sequences(const std::string& preset, std::int64_t bars, int count, std::uint64_t seed) {
  market::SimulationOptions options;
  options.preset = preset;
  options.bars = bars;
  SequenceSet set{preset, market::resolve_parameters(options), {}};
  const market::BarCalendar calendar =
      market::make_calendar(options.calendar, set.parameters.timeframe, bars);
  const Rng rng(seed);
  ThreadPool pool;
  const market::CrossSection cross_section({}, bars, rng, pool);
  const market::MarketPlan plan{options, set.parameters, calendar, cross_section, rng};
  set.sequences.resize(static_cast<std::size_t>(count));
  pool.parallel_for(count, 1, [&](IndexRange range) {
    for (std::int64_t i = range.begin; i < range.end; ++i)
      set.sequences[static_cast<std::size_t>(i)] = market::simulate_instrument(plan, static_cast<int>(i));
  });
  return set;
}

}  // namespace regimetry::bench
