// The simulated market: instruments whose regimes are known, with the truth and the oracle's answers as
// columns.
//
// Gives:  bars of each instrument, sorted by symbol, with these extra columns when `truth` is on:
//           true_regime              the regime of the bar (category) true_sd                  sd of the
//           bar's return given everything but the noise              (number) planted_signal           known
//           at bar t, moves the mean of bar t + 1; when strength > 0     (number) oracle_viterbi,
//           oracle_filter, oracle_smoother   the oracle's names for the bar's regime    (category)
//           oracle_filter_p_<regime>, oracle_smoother_p_<regime>   its probabilities (number) oracle_p_up
//           probability that the return of the NEXT bar is positive            (number)
//         and `split_ratio` (1, or new shares per old one at the first bar after a split) when splits > 0.
//         planted_signal and split_ratio are public knowledge and stay without `truth`; all other columns are
//         answers, and a feature must never be made of them. metadata["simulation"]: seed, options,
//         parameters, stationary shares, oracle scores, defects.
// Same:   the same options and seed give the same bytes on any machine and any number of threads; more
// instruments or more
//         bars leave the earlier ones as they were (defects and splits aside, whose places depend on the
//         number of bars).
// Scales: simulate at the finest timeframe wanted and resample: coarser bars are made of finer ones, so they
// agree exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/simulation/defects.hpp"
#include "market/simulation/oracle_scores.hpp"
#include "market/simulation/simulation_options.hpp"

namespace regimetry::market {

struct SimulatedMarket {
  MarketData data;
  RegimeParameters parameters;        // as simulated, per bar of the wanted timeframe
  std::vector<double> regime_shares;  // [K] of all bars drawn
  OracleScores scores;                // mean over instruments; zeros with neither truth nor a planted signal
  std::vector<DefectRecord> defects;
};

// Throws Error (kUsage) for options that have problems() or do not fit each other.
[[nodiscard]] SimulatedMarket simulate_market(const SimulationOptions& options, std::uint64_t seed,
                                              ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
