// One row of a transition matrix in words that a trader uses: how sticky, what follows, how orderly.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

struct TransitionProfile {
  double stickiness = 0;             // chance to be in the same regime at the next bar
  std::optional<std::int32_t> next;  // the likeliest other regime, ties by number; none when no other follows
  double next_probability = 0;       // its chance at the next bar
  double entropy = 0;                // -sum p log p of the row, natural log; 0 for a zero row
};

// One per row of `matrix` [K, K], as transition_matrix() makes it.
[[nodiscard]] std::vector<TransitionProfile> profile_transitions(const MatrixD& matrix);

}  // namespace regimetry::regimes
