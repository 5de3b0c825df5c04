// How sure each transition probability is: intervals by the stationary block bootstrap of Politis and Romano
// (1994).
//
// What is drawn again are transitions, in blocks of neighbours whose lengths are geometric, so that a
// replicate keeps dwell times of more than one bar and invents no transition. Blocks wrap round the end of
// the list.
#pragma once

#include <cstdint>
#include <span>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "regimes/structure/transitions.hpp"

namespace regimetry::regimes {

struct TransitionBootstrapOptions {
  // More replicates give smoother ends of the intervals, in proportional time.
  std::int64_t replicates = 999;
  // Mean transitions per block; 0: the larger of the cube root of their number and twice the mean dwell time.
  double block_length = 0;
};

struct TransitionIntervals {
  MatrixD low, high;            // [K, K]: the 2.5 and 97.5 per cent points; NaN where a row is never left
  double block_length = 0;      // as used
  std::int64_t replicates = 0;  // as used
};

// Draws from rng.stream("structure.transitions", replicate). Same bits for any thread count.
[[nodiscard]] TransitionIntervals bootstrap_transitions(std::span<const Transition> transitions,
                                                        int regime_count,
                                                        const TransitionBootstrapOptions& options,
                                                        const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
