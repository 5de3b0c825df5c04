// Sequences of a simulated market with the regimes that made them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "market/simulation/instrument_simulator.hpp"

namespace regimetry::bench {

struct SequenceSet {
  std::string preset;
  market::RegimeParameters parameters;                 // the truth: for the oracle's row only
  std::vector<market::SimulatedInstrument> sequences;  // independent of each other
};

// `count` sequences of `bars` bars of `preset`, the same for the same seed.
[[nodiscard]] SequenceSet draw_sequences(const std::string& preset, std::int64_t bars, int count,
                                         std::uint64_t seed);

}  // namespace regimetry::bench
