// The penalty of a jump model, found without knowing the truth (`--persistence auto`).
//
// A switch should cost what its rarity is worth. With a temperature (jump_temperature.hpp) that turns losses
// into log odds, n switches in T rows among K regimes make a given switch as unlikely as (n + 1) in (K - 1)
// T, so it should cost
//
//   due(penalty) = temperature * log((K - 1) * T / (n + 1))
//
// where n and the temperature come from the fit with that penalty. Too small a penalty finds many switches
// that are worth more than they cost. Penalties are tried from small to large until a penalty is at least
// what is due; the choice is what is due there. No forecast, no truth, no knob beyond the step of the search.
//
// Why not others: the tables in docs/regime_quality.md compare it with fixed penalties and with the largest
// likelihood, which takes outliers for regimes on short series.
#pragma once

#include <string>
#include <vector>

#include "regimes/jump/jump_model.hpp"

namespace regimetry::regimes {

struct PenaltyCandidate {
  double penalty = 0;
  double due = 0;  // what a switch should cost, given this fit
  double temperature = 0;
  std::int64_t switch_count = 0;
  int regime_count = 0;  // that were left with rows
  double objective = 0;
};

struct PenaltyChoice {
  double penalty = 0;
  std::vector<PenaltyCandidate> candidates;  // in the order tried: the evidence
  std::string reason;                        // in words for the user
};

// `options` without a penalty of its own: the one in it is ignored. Throws as fit_jump_model. As many fits as
// candidates, ten or so.
[[nodiscard]] PenaltyChoice choose_penalty(const RegimeRows& rows, JumpOptions options, const Rng& rng,
                                           ThreadPool& pool);

}  // namespace regimetry::regimes
