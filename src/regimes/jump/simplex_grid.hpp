// Evenly spaced points of a simplex: the mixtures of K regimes that a continuous jump model chooses from.
#pragma once

#include "core/matrix.hpp"

namespace regimetry::regimes {

// Every row of K numbers i / steps, i whole and at least 0, that sum to 1: [G, K] with G = (steps + K - 1)
// over (K - 1). Corners, where a single regime has all the weight, are among them. regime_count >= 1, steps
// >= 1.
[[nodiscard]] MatrixD simplex_grid(int regime_count, int steps);

// As many steps per side as leave at most `most_points` points, between 2 and 20.
[[nodiscard]] int simplex_steps(int regime_count, int most_points);

}  // namespace regimetry::regimes
