// The Markov chain behind the regimes, with memory of how far a stay has come.
//
// A negative-binomial stay of shape r is r phases in a row, each left with probability q = r / mean stay per
// bar. As a chain over (regime, phase) the semi-Markov process is Markov again, so the exact forward filter
// and smoother apply to it. State k * r + j is phase j of regime k. With r = 1 states are the regimes.
#pragma once

#include <vector>

#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

struct HiddenChain {
  int regime_count = 0, phase_count = 1, state_count = 0;  // K, r, n = K * r
  std::vector<double> transition;                          // [n, n] row by row
  std::vector<double> initial;                             // [n], stationary
  [[nodiscard]] int regime_of(int state) const noexcept { return state / phase_count; }
};

[[nodiscard]] HiddenChain make_hidden_chain(const RegimeParameters& parameters);

}  // namespace regimetry::market
