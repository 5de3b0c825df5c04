// How well labels recover regimes that are known, as those of a simulated market.
//
// Balanced accuracy: the mean recall over the true regimes, labels matched to them one to one by the match
// that is best for it. Adjusted Rand index: how far two groupings agree, 0 by chance, 1 when they are the
// same.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "labelling/compare_methods.hpp"
#include "labelling/placed_source.hpp"

namespace regimetry::labelling {

// What the columns true_regime, oracle_filter and oracle_smoother say of the rows of a source; numbers are
// places in `names`.
struct KnownTruth {
  std::vector<std::string> names;
  std::vector<std::int32_t> ids;               // [N]; -1 where it is not told
  std::vector<std::int32_t> filter, smoother;  // [N] the best possible observer; empty: not told
};
// Nothing unless the table has a column true_regime with words in it.
[[nodiscard]] std::optional<KnownTruth> find_truth(const PlacedSource& placed);

struct TruthMatch {
  std::string method;  // "jump", or "oracle_filter", "oracle_smoother"
  bool is_chosen = false, is_asof = false;
  std::int64_t rows = 0;  // compared
  double adjusted_rand_index = 0, balanced_accuracy = 0;
};

// Of the labels of `labelled`, final and known at the time, and of every method of `comparison` on the rows
// compared.
[[nodiscard]] std::vector<TruthMatch> match_truth(const KnownTruth& truth, const std::string& method,
                                                  const LabelledRegimes& labelled,
                                                  const std::optional<MethodComparison>& comparison);

// {"methods": [...], "oracle": {"filter", "smoother"}}: truth_match.json
[[nodiscard]] nlohmann::json to_json(const std::vector<TruthMatch>& matches);

}  // namespace regimetry::labelling
