// The penalty of a jump model, found without knowing the truth (`--persistence auto`).
//
// A switch should cost what its rarity is worth. With a temperature (jump_temperature.hpp) that turns losses
// into log odds, n expected switches in T rows among K regimes make a given switch as unlikely as (n + 4) in
// (K - 1) (T + 250), so it should cost
//
//   due(penalty) = temperature * log((K - 1) * (T + 250) / (n + 4))
//
// where n and the temperature come from the fit with that penalty. 4 in 250 is what is believed before any
// row is seen: stays of a quarter of daily bars, worth a year of data. Without it a short series with one
// switch would ask for stays of its own length. Too small a penalty finds many switches that are worth more
// than they cost. Penalties are tried from small to large until one is at least what is due; the choice is
// what is due there. No forecast and no truth enters.
// Features that are slow averages change so slowly that no penalty is due before nothing switches any more:
// all rows are one regime, or each instrument stays in its own. The one that came nearest to it, with the
// most regimes left, is then chosen for kSquared, and the reason says so. The Gaussian loss is for rows that
// are new at each bar: there a single regime is an answer.
//
// Why not others: docs/regime_quality.md compares fixed penalties and the largest likelihood, which takes
// outliers for regimes on short series.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "regimes/jump/jump_model.hpp"

namespace regimetry::regimes {

struct PenaltyCandidate {
  double penalty = 0;
  double due = 0;  // what a switch should cost, given this fit
  double temperature = 0;
  double expected_switches = 0;
  int regime_count = 0;  // that were left with rows
  std::int64_t switch_count = 0;
  double objective = 0;
};

struct PenaltyChoice {
  double penalty = 0;
  std::vector<PenaltyCandidate> candidates;  // in the order tried: the evidence
  std::string reason;                        // in words for the user
};

// The penalty in `options` is ignored; of its starts, four are made for each candidate. Throws as
// fit_jump_model. As many fits as candidates, ten or so. Above `most_start_rows` rows, stretches of them are
// looked at, for rarity and temperature are rates, and each candidate begins where the one before it ended.
[[nodiscard]] PenaltyChoice choose_penalty(const RegimeRows& rows, JumpOptions options, const Rng& rng,
                                           ThreadPool& pool);

}  // namespace regimetry::regimes
