// What the best possible observer could say: the answers of someone who knows every parameter and sees only
// returns.
//
// No method that sees the same can beat the filter at naming the present regime, the smoother at naming a
// past one, or p_up at betting on the sign of the next return: their scores are the ceiling against which
// methods are measured.
//
// Sees:   an instrument's own close-to-close returns up to bar t (filter, p_up) or all of them (smoother,
// Viterbi); also the
//         planted signal and, where bars differ in sd for reasons other than the regime (time of day,
//         volatility clustering), that multiplier. It does not see ranges, volume or other instruments: a
//         method that does may name regimes better than this.
// Exact:  filter and smoother for semi-Markov stays too (hidden_chain.hpp), Viterbi by maximising over whole
// stays
//         (semi_markov_viterbi.hpp). Scaled so that no length of series under- or overflows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

struct OracleInput {
  std::span<const double> returns;  // [T] log returns
  // What is known beforehand about bar t, as r_t = mean + sd * multiplier_t * (shift_t + noise). Element T
  // belongs to the bar after the last. Empty: no shifts, all multipliers 1.
  std::span<const double> shifts;          // [T + 1]
  std::span<const double> sd_multipliers;  // [T + 1]
};

struct OracleAnswer {
  std::vector<std::int32_t> viterbi;   // [T] most probable path as a whole
  std::vector<std::int32_t> filter;    // [T] most probable regime given returns 0 .. t
  std::vector<std::int32_t> smoother;  // [T] most probable regime given all returns
  std::vector<std::vector<double>> filter_p,
      smoother_p;            // [K][T] the probabilities behind them; they sum to 1 per bar
  std::vector<double> p_up;  // [T] P(return of bar t + 1 > 0) given returns 0 .. t
};

// `parameters` and `input` must fit: problems() empty, sizes as stated. Const members may run in parallel.
[[nodiscard]] OracleAnswer ask_oracle(const RegimeParameters& parameters, const OracleInput& input);

// P(return > 0) inside regime k of a bar with that shift and multiplier.
[[nodiscard]] double up_probability(const RegimeParameters& parameters, int regime, double shift,
                                    double sd_multiplier);

}  // namespace regimetry::market
