// Labels that were known at the time: what a person who had fitted then would have said of each bar.
//
// Each fit of the schedule sees the rows before its stamp; the rows after it, up to the next fit, are named
// online, from themselves and earlier rows. Regimes keep their numbers from fit to fit by how they name the
// rows that both know. Nothing in it looks ahead: the labels of a longer history begin with those of a
// shorter one, to the bit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/time.hpp"
#include "regimes/alignment/label_stability.hpp"
#include "regimes/fitted_regimes.hpp"
#include "regimes/model/asof_schedule.hpp"
#include "regimes/model/regime_numbers.hpp"
#include "regimes/no_regime.hpp"
#include "regimes/regime_fit.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Rows as they came, not scaled.
struct AsofRows {
  RegimeRows rows;
  std::span<const TimestampNs> timestamps;  // [N], of each row; strictly increasing within a sequence
  // [N] return of the bar that each row ends with, by whose volatility the first fit orders its regimes; NaN
  // where unknown; empty: none are known.
  std::span<const double> returns;
  // [N] numbers of an earlier run, and those that are kept for it: see RegimeNumbers. Empty: there was none.
  std::span<const std::int32_t> baseline = {};
  std::int32_t reserved_numbers = 0;
};

// One fit of a method to scaled rows.
struct NamedFit {
  RegimeFit fit;
  std::shared_ptr<const FittedRegimes> method;
};
using FitFunction = std::function<NamedFit(const RegimeRows& scaled)>;

struct AsofRefit {
  TimestampNs cut = 0;  // it knew rows with earlier stamps
  std::int64_t row_count = 0;
  int regime_count = 0;
  bool has_converged = false;
  // Share of the rows that the fit before it knew too and that both name alike; 1 for the first.
  double agreement = 1;
};

struct AsofLabels {
  std::vector<std::int32_t> ids;      // [N], kNoRegime before the first fit
  std::vector<double> probabilities;  // [N] of the regime named; NaN before the first fit
  std::vector<AsofRefit> refits;
  // How alike the fits name the rows that they have in common. Of many fits an even part, with the last.
  LabelStability stability;
  // As the last fit left them: whoever fits once more, on everything, goes on with these.
  RegimeNumbers numbers{{}, 0};
  // [N] `ids`, and before them how the first fit names the rows it knew: the baseline of a later run. With
  // the same rows, that run then gives the same numbers.
  std::vector<std::int32_t> baseline;
};

// `is_scaled`: rows are brought to one scale, learned anew at each fit. Reports progress as "as-of labels".
[[nodiscard]] AsofLabels label_asof(const AsofRows& rows, bool is_scaled, const AsofOptions& options,
                                    const FitFunction& fit, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::regimes
