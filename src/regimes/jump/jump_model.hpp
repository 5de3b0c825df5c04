// The statistical jump model: k-means that pays for each change of regime (Bemporad et al. 2018; Nystrup,
// Lindstrom and Madsen 2020).
//
//   minimise  sum_t loss(x_t in s_t) + penalty * (number of changes of s)
//
// by coordinate descent from several starts: the best path for given regimes is exact (jump_path.hpp), the
// best regimes for a given path are means (jump_emission.hpp). Neither step makes the objective larger.
//
// Sequences are independent: nothing is paid between the last row of one and the first row of the next.
// Time: final, descriptive labels look at the whole sequence; the fitted model's online labels do not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "regimes/jump/jump_regimes.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"
#include "regimes/spread_stretches.hpp"

namespace regimetry::regimes {

struct JumpOptions {
  // Regimes to look for, at most 64. Fewer come back when some end up without rows.
  int regime_count = 2;
  // Cost of one switch in the unit of the loss. Larger: longer stays, changes are seen later; 0: every row by
  // itself. choose_penalty.hpp finds one.
  double penalty = 50;
  JumpLoss loss = JumpLoss::kSquared;
  // Descents from different draws, of which the best counts. More: a better optimum, time in proportion.
  int starts = 10;
  // Above so many rows, starts are tried on stretches of them (spread_stretches.hpp), and only the best goes
  // on to all: a long history costs little more than one descent.
  std::int64_t most_start_rows = kMostChoiceRows;
  // Rounds of one descent. A descent ends when its path stays the same, after some ten rounds as a rule.
  int max_iterations = 300;
  // Every problem, in words for the user; empty when usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

struct JumpFit {
  RegimeFit fit;  // labels in the order in which they first occur; probabilities as in jump_probabilities.hpp
  JumpRegimes model;              // the same regimes under the same numbers
  std::int64_t switch_count = 0;  // changes of label within sequences
  double mean_gap =
      0;  // what a row costs more in its next best regime than in its own, mean; 0 with one regime
  double expected_switches = 0;  // by the probabilities: short stays that the path passes over count in part
};

// Throws Error: kUsage for options with problems(), kData for no rows or values that are not finite. Draws
// from rng.stream("regimes.jump", start): the same answer for any number of threads.
[[nodiscard]] JumpFit fit_jump_model(const RegimeRows& rows, const JumpOptions& options, const Rng& rng,
                                     ThreadPool& pool);

// Throws what fit_jump_model would throw before it begins.
void require_usable(const RegimeRows& rows, const JumpOptions& options);

// One descent from given regimes, without draws: for penalties that are tried one after another.
[[nodiscard]] JumpFit refine_jump_model(const RegimeRows& rows, const JumpOptions& options,
                                        JumpEmission emission);

}  // namespace regimetry::regimes
