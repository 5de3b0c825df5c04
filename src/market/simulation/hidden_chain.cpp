#include "market/simulation/hidden_chain.hpp"

#include <cstddef>

namespace regimetry::market {

HiddenChain make_hidden_chain(const RegimeParameters& parameters) {
  const int k = parameters.regime_count(), r = parameters.dwell_shape, n = k * r;
  HiddenChain chain{k, r, n, std::vector<double>(static_cast<std::size_t>(n) * n, 0.0), {}};
  const auto at = [&](int from, int to) -> double& {
    return chain.transition[static_cast<std::size_t>(from) * n + to];
  };
  for (int regime = 0; regime < k; ++regime) {
    const double leave_regime = 1 - parameters.transition_at(regime, regime);
    const double leave_phase = leave_regime * r;
    for (int phase = 0; phase < r; ++phase) {
      const int state = regime * r + phase;
      at(state, state) = r == 1 ? parameters.transition_at(regime, regime) : 1 - leave_phase;
      if (phase + 1 < r) {
        at(state, state + 1) = leave_phase;
        continue;
      }
      for (int next = 0; next < k; ++next) {
        // transition / leave_regime is where a stay leads to; times leave_phase = leave_regime * r.
        if (next != regime) at(state, next * r) = parameters.transition_at(regime, next) * r;
      }
    }
  }
  const std::vector<double> shares = parameters.stationary_shares();
  for (int state = 0; state < n; ++state)
    chain.initial.push_back(shares[static_cast<std::size_t>(state / r)] / r);
  return chain;
}

}  // namespace regimetry::market
