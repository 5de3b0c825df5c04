// Everything that can be chosen about a simulated market.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/simulation/bar_calendar.hpp"
#include "market/simulation/regime_parameters.hpp"

namespace regimetry::market {

struct SimulationOptions {
  // --- regimes: a preset by name, or your own through means, sds and transition (then the preset is ignored)
  std::string preset = "four-daily";
  std::vector<double> means, sds;         // [K] log return per bar
  std::vector<double> transition;         // [K, K] row by row
  std::vector<std::string> regime_names;  // [K]; empty: r0, r1, ...
  // Bars to simulate. A preset is scaled to it; your own parameters are taken to be for it. Absent: as the
  // preset, or 1d.
  std::optional<std::string> timeframe;
  // Student-t noise with so many degrees of freedom, scaled to the same sd; 0: normal. Absent: as the preset.
  std::optional<double> student_t_dof;
  // Above 1: stays are sums of so many geometric times, so short ones are rare; mean stays are kept
  // (semi-Markov).
  int dwell_shape = 1;
  // Subtract the long-run mean return from every regime, so that prices do not drift away over very long
  // series.
  bool zero_drift = false;

  // --- size
  std::int64_t bars = 5000;
  int instruments = 1;
  std::string symbol_prefix = "SIM";

  // --- what lies on top of the regimes
  CalendarOptions calendar;
  // GARCH(1,1) inside regimes: alpha is the weight of the last shock, beta of the last variance; 0 and 0:
  // off.
  double garch_alpha = 0, garch_beta = 0;
  // All instruments pass through the same regimes at the same time, instead of each through its own.
  bool shared_regime = false;
  double market_correlation = 0;  // of the noise of two instruments in different sectors
  std::optional<double>
      sector_correlation;  // in the same sector, at least market_correlation. Absent: the same
  int sectors = 1;
  // Sds by which a planted signal of 1 (a standard normal column known at bar t) moves the mean of bar t + 1.
  // 0: none.
  double signal_strength = 0;
  int splits =
      0;  // per instrument, at random bars; prices are left unadjusted and column `split_ratio` tells

  // --- prices and volume
  double start_price = 100;
  double base_volume = 1'000'000;   // of a bar with the long-run sd
  double volume_sd_exponent = 0.5;  // log volume rises with so many times the log of the bar's sd
  double volume_noise = 0.3;        // sd of log volume around that

  // --- truth and defects
  bool truth = true;                 // columns with the true regime and the oracle's answers
  std::vector<std::string> defects;  // kinds, or "all"; see defects.hpp
  double defect_rate = 0.001;        // share of bars that get each kind, at least one bar each

  // Every problem, in words for the user: of each option, of options that do not fit each other (preset,
  // timeframe, calendar, regimes), and of options that would be without effect.
  [[nodiscard]] std::vector<std::string> problems() const;
};

// The regimes that these options ask for, on bars of the wanted timeframe. Throws Error (kUsage) listing
// every problem.
[[nodiscard]] RegimeParameters resolve_parameters(const SimulationOptions& options);

}  // namespace regimetry::market
