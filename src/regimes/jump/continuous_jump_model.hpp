// The continuous jump model (Aydinhan, Kolm, Mulvey and Shu 2024): each row is a mixture of regimes, and
// moving the mixture costs.
//
//   minimise  sum_t sum_k s_tk loss(x_t in k) + penalty / 4 * sum_t (|s_t - s_{t-1}|_1)^2
//
// with s_t in the simplex, here on a grid of it. A whole switch in one row costs `penalty`, as in the
// discrete model; spread over m rows it costs penalty / m, so changes may be gradual and weights show how
// sure a row is. Solved as the discrete model: exact paths over the grid by dynamic programming, centres as
// weighted means.
//
// Time: descriptive, the whole sequence is seen. Cost: T * G^2 per round for G grid points (21 for two
// regimes, 231 for three, 286 for four).
#pragma once

#include <string>
#include <vector>

#include "core/rng.hpp"
#include "regimes/jump/jump_emission.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

struct ContinuousJumpOptions {
  // 2 to 4: grids of more regimes are too coarse to be of use.
  int regime_count = 2;
  // Cost of a whole switch within one row.
  double penalty = 100;
  JumpLoss loss = JumpLoss::kSquared;
  // Descents, of which the best counts: the first from a discrete jump model with the same penalty, each
  // further one from one with a tenth of the penalty before.
  int starts = 3;
  int max_iterations = 50;
  // Every problem, in words for the user; empty when usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct ContinuousJumpFit {
  RegimeFit fit;  // probabilities are the weights s [N, K]; labels the largest weight of each row
  JumpEmission emission;
};

// The penalty with which a gradual change costs about what `penalty` costs a discrete model. A change spread
// over m rows costs x / m for the move and, while weights are between the two regimes, about gap * m / 4 for
// the rows, with `gap` what a row costs more in its next best regime than in its own: at the best m that is
// sqrt(x * gap), so x = penalty^2 / gap. Never below `penalty`.
[[nodiscard]] double continuous_penalty(double penalty, double gap);

// Throws Error as fit_jump_model. Draws from rng.stream("regimes.jump", ...), the same for any thread count.
[[nodiscard]] ContinuousJumpFit fit_continuous_jump_model(const RegimeRows& rows,
                                                          const ContinuousJumpOptions& options,
                                                          const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
