// Proof that no value uses later bars, or the names of those that do.
//
// How:    the computation runs on the whole history, on prefixes of it, and on histories whose future is
//         another one. Every value up to the cut must be the same, bit for bit. Columns that come with the
//         data cannot be recomputed; they, and the features, are held against later bars
//         (examine_columns.hpp).
// Proof:  takes kFewestPrefixes prefixes. With fewer, the verdict is "unproven"; features that had a value on
//         fewer are named.
// Time:   cuts are made where bars end (bar_clock.hpp), across all instruments at once.
// Work:   bounded by `bar_budget`. Bigger data is sampled, and the report says what was looked at; what is
//         left of the budget goes into further cuts, up to one behind every bar.
// Memory: one result, and one altered market with its result per thread.
// Same:   the report does not depend on the number of threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "features/audit/choose_cuts.hpp"
#include "features/audit/computation.hpp"
#include "features/audit/future_likeness.hpp"
#include "features/audit/lookahead_report.hpp"

namespace regimetry::features {

struct LookaheadOptions {
  CutOptions cuts;
  // Bars that may be computed in all: more finds leaks that bite rarely, and takes longer.
  std::int64_t bar_budget = 30'000'000;
  // For how many leaking features the reach is measured; each takes about log2(T) computations.
  std::int64_t measured_reaches = 20;
  FutureLikenessOptions likeness;
  std::uint64_t seed = 42;  // of the draws: random cuts, redrawn futures
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Throws Error: kUsage for options with problems(), kData for data without two bars, when the computation
// refuses the whole history or every prefix, or when no feature has a value that could be compared.
[[nodiscard]] LookaheadReport audit_lookahead(const PanelComputation& computation,
                                              const market::MarketData& data, const LookaheadOptions& options,
                                              ThreadPool& pool, Observer& observer);
// The same for features of one instrument.
[[nodiscard]] LookaheadReport audit_lookahead(const FeatureComputation& computation,
                                              const market::MarketData& data, const LookaheadOptions& options,
                                              ThreadPool& pool, Observer& observer);

}  // namespace regimetry::features
