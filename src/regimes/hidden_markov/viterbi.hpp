// The most likely path of regimes through each sequence (Viterbi), in log space.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "regimes/hidden_markov/hidden_markov_law.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// log_densities [N, K], finite. Labels [N]; the lower number of equals.
[[nodiscard]] std::vector<std::int32_t> most_likely_path(const HiddenMarkovLaw& law,
                                                         const MatrixD& log_densities,
                                                         std::span<const IndexRange> sequences);

}  // namespace regimetry::regimes
