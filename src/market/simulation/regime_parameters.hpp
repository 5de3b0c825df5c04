// What drives a simulated instrument: K regimes, how returns look inside each, and how one follows another.
//
// Shape:  K regimes; vectors have K elements, `transition` K x K row by row.
// Units:  means and sds are of one bar's log return; the transition matrix is per bar of `timeframe`.
// Model:  r_t = mean[s_t] + sd[s_t] * z_t with unit-variance noise z_t (normal, or Student-t scaled to
// variance one).
//         Regimes are left with probability 1 - transition[k][k] per bar and entered by the other entries of
//         the row. With dwell_shape r > 1 the chain is semi-Markov: a stay is the sum of r equal geometric
//         times with the same mean (negative binomial, at least r bars), so very short stays become rare
//         while mean stay and long-run shares remain those of the matrix.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "market/timeframe.hpp"

namespace regimetry::market {

struct RegimeParameters {
  std::vector<std::string> names;       // [K], all different; see name_problems.hpp
  std::vector<double> means, sds;       // [K]
  std::vector<double> transition;       // [K, K], rows sum to 1
  Timeframe timeframe;                  // the bar that means, sds and transition belong to
  std::optional<double> student_t_dof;  // above 2; absent: normal noise
  int dwell_shape = 1;                  // r: 1 is the Markov chain itself

  [[nodiscard]] int regime_count() const noexcept { return static_cast<int>(means.size()); }
  [[nodiscard]] double transition_at(int from, int to) const;
  // Mean bars per stay; infinite for a regime that is never left.
  [[nodiscard]] double mean_dwell_bars(int regime) const;
  // Long-run share of bars of each regime, [K]; also the law of the first bar. Where several closed groups of
  // regimes exist, the one reached from a uniform start.
  [[nodiscard]] std::vector<double> stationary_shares() const;
  // Mean and sd of one bar's return when nothing is known about the regime.
  [[nodiscard]] double mean_return() const;
  [[nodiscard]] double return_sd() const;
  // Every problem, in words for the user; empty when usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

}  // namespace regimetry::market
