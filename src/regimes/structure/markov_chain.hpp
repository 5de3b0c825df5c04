// Where a Markov chain spends its time in the long run, and how long it takes to each regime.
#pragma once

#include <span>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

// Long-run share of time in each regime [K] for a chain that starts with the chances `start` [K] (sum 1).
// Chains that fall apart have an answer too: groups that are never left are weighted by the chance to end in
// them. A zero row of `matrix` [K, K] counts as a regime that is never left.
[[nodiscard]] std::vector<double> stationary_distribution(const MatrixD& matrix,
                                                          std::span<const double> start);

// [K, K]: expected bars from regime i until regime j is first met; on the diagonal until it is met again.
// Infinite where the chain may never get there. A zero row counts as a regime that is never left.
[[nodiscard]] MatrixD mean_first_passage(const MatrixD& matrix);

}  // namespace regimetry::regimes
