// The most probable regime path when stays are negative binomial.
//
// Viterbi on the chain of phases would find the best path of phases; one regime path is spelled by many of
// those, so the two maxima differ. Here the maximum runs over regimes and lengths of stays. The law of a stay
// is log-concave, so of two possible beginnings of the present stay the later one, once better, stays better:
// a queue of candidates with their crossing times replaces the scan over all lengths, and the cost is O(T K
// log T) instead of O(T^2 K).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/simulation/hidden_chain.hpp"

namespace regimetry::market {

// `log_densities` [T, K], bar by bar. Returns the path [T]. The first stay has the residual law of the
// stationary process; the last one may reach past the end.
[[nodiscard]] std::vector<std::int32_t> semi_markov_viterbi(const HiddenChain& chain,
                                                            std::span<const double> log_densities);

}  // namespace regimetry::market
