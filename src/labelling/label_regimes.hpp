// From rows to regimes: fitted on everything, and as they were known at the time.
//
// Two labels for each row, never mixed. `ids` knows the whole sample and describes it. `asof.ids` is what was
// known at that bar; whoever trades or scores forecasts reads only that. Both mean the same regime by the
// same number.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "labelling/kept_numbers.hpp"
#include "labelling/regime_source.hpp"
#include "regimes/model/asof_labels.hpp"
#include "regimes/model/regime_model.hpp"
#include "regimes/model/regime_options.hpp"
#include "regimes/regime_fit.hpp"

namespace regimetry::labelling {

struct LabelOptions {
  regimes::RegimeOptions regimes;
  // Of the fit to all rows only, where the number of regimes is chosen from evidence: the choice of another
  // method.
  std::optional<int> final_regime_count = {};
  // Brings each column to mean 0 and deviation 1 before the method sees it.
  bool is_scaled = true;
  // Makes labels known at the time, too: some times the work.
  bool with_asof = true;
  regimes::AsofOptions asof;
  std::string version;  // of the program, for the model

  [[nodiscard]] std::vector<std::string> problems() const;
};

struct LabelledRegimes {
  regimes::RegimeFit fit;  // labels 0..K-1 as the method numbers them; `model.ids()` tells their numbers
  regimes::RegimeModel model;
  std::vector<std::int32_t> ids;      // [N] Cluster_ID
  std::vector<double> probabilities;  // [N] of that regime
  regimes::AsofLabels asof;           // ids empty without as-of labels
  std::optional<double> penalty;      // for a switch; absent: the method has none
  // How the number of regimes and the penalty were chosen: {"regime_count": ..., "persistence": ...}; a key
  // is absent where the user chose.
  nlohmann::json evidence;
};

// `returns` [N]: of the bar that each row ends with, NaN where unknown; empty: none known. Regimes are
// numbered by their volatility, the quietest first, else by size: those of the first fit that was known at
// the time, where there is one, and later ones follow (RegimeNumbers). `earlier`: what an earlier run kept,
// whose numbers regimes that are still the same then get, as align_to_baseline() tells; null: there was none.
[[nodiscard]] LabelledRegimes label_regimes(const RegimeSource& source, std::span<const double> returns,
                                            const KeptNumbers* earlier, const LabelOptions& options,
                                            const Rng& rng, ThreadPool& pool, Observer& observer);

}  // namespace regimetry::labelling
