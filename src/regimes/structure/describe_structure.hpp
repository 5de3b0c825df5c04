// Everything that a sequence of regimes says about itself and about the prices under it.
//
// Time: descriptive. Where labels were made with knowledge of later rows, so are these numbers; see
//       docs/regime-structure.md for what that means of each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "core/time.hpp"
#include "regimes/structure/bootstrap_transitions.hpp"
#include "regimes/structure/dwell_times.hpp"
#include "regimes/structure/markov_order.hpp"
#include "regimes/structure/regime_returns.hpp"
#include "regimes/structure/regime_separation.hpp"
#include "regimes/structure/transition_profile.hpp"
#include "regimes/structure/transitions.hpp"

namespace regimetry::regimes {

struct StructureOptions {
  std::vector<std::int64_t> horizons_bars = {1, 5};  // of forward returns
  // Draws behind each interval and p-value. No p-value falls below 1 / (replicates + 1). Long data takes
  // fewer, so that rows times draws stay below 2e8, but at least kFewestReplicates. Many horizons take more
  // draws of what regimes separate, for fewer could find nothing (fewest_shifts()).
  std::int64_t replicates = 999;
  [[nodiscard]] std::vector<std::string> problems() const;
};
inline constexpr std::int64_t kFewestReplicates = 99;

// A view; what it points to must outlive it.
struct StructureRows {
  std::span<const std::int32_t> labels;   // [N]; negative (kNoRegime): none
  std::span<const IndexRange> sequences;  // one per instrument; cover 0..N-1 in order
  std::span<const double> close;          // [N], or empty: no prices; NaN where missing
  double bars_per_year = 0;               // 0: unknown, and what is per year is NaN
  // [N], in order within each sequence: which rows of several instruments belong together. Empty: no time is
  // known, and the rows of each instrument count from its first one on.
  std::span<const TimestampNs> timestamps = {};
};

struct Structure {
  std::int64_t row_count = 0, labelled_rows = 0, instrument_count = 0;
  std::vector<std::int64_t> rows_of;  // [K] per regime; 0 for a number that does not occur
  double bars_per_year = 0;           // as given
  std::int64_t replicates = 0;        // as used

  CountMatrix counts;  // [K, K]
  MatrixD matrix;      // [K, K]
  TransitionIntervals intervals;
  std::vector<TransitionProfile> profiles;  // [K]
  std::int64_t switches = 0;                // transitions to another regime
  double switches_per_year = 0;             // their share of transitions, times bars per year; NaN if unknown

  std::vector<DwellTimes> dwell_times;  // [K]
  std::vector<double> stationary;       // [K]; the chain starts with the shares of rows_of
  MatrixD first_passage_bars;           // [K, K]
  MarkovOrderTest order;

  std::vector<RegimeReturns> returns;    // [K]; empty without prices
  std::optional<Separation> separation;  // absent without prices

  std::vector<std::string> notes;  // what a reader should know: gaps in numbers, a single regime, fewer draws
  // What several instruments do to the numbers that count each as independent; empty for one.
  std::string dependence;

  [[nodiscard]] int regime_count() const noexcept { return static_cast<int>(rows_of.size()); }
};

// Throws Error: kData when no row has a regime or a label is none (regime_count_of()), kUsage when lengths
// differ. Draws from streams of `rng` named structure.*; same bits for any thread count.
[[nodiscard]] Structure describe_structure(const StructureRows& rows, const StructureOptions& options,
                                           const Rng& rng, ThreadPool& pool);

}  // namespace regimetry::regimes
