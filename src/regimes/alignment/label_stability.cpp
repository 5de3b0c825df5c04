#include "regimes/alignment/label_stability.hpp"

#include <algorithm>
#include <map>

#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/alignment/match_labels.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::span<const std::int32_t>;

// The labels of the rows that both refits cover; empty when there are none.
struct Shared {
  Labels first, second;
};

Shared shared_rows(const RefitLabels& first, const RefitLabels& second) {
  const auto end_of = [](const RefitLabels& refit) {
    return refit.first_row + static_cast<std::int64_t>(refit.labels.size());
  };
  const std::int64_t begin = std::max(first.first_row, second.first_row);
  const std::int64_t end = std::min(end_of(first), end_of(second));
  if (end <= begin) return {};
  const auto part = [&](const RefitLabels& refit) {
    return Labels(refit.labels)
        .subspan(static_cast<std::size_t>(begin - refit.first_row), static_cast<std::size_t>(end - begin));
  };
  return {part(first), part(second)};
}

void add_overlaps(const LabelMatch& match, std::map<std::int32_t, LabelStability::Regime>& regimes) {
  for (const LabelMatch::Pair& pair : match.pairs) {
    LabelStability::Regime& regime = regimes.at(pair.label);
    regime.overlap += pair.overlap();
    ++regime.compared_fits;
  }
  for (const std::int32_t label : match.unmatched_labels) ++regimes.at(label).compared_fits;
}

}  // namespace

LabelStability label_stability(std::span<const RefitLabels> refits) {
  LabelStability stability;
  std::map<std::int32_t, LabelStability::Regime> regimes;
  if (!refits.empty()) {
    for (const std::int32_t label : refits.back().labels) {
      if (label >= 0) regimes[label].label = label;
    }
  }
  double agreement = 0, rand_index = 0;
  for (std::size_t second = 1; second < refits.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      const Shared shared = shared_rows(refits[second], refits[first]);
      const LabelMatch match = match_labels(shared.first, shared.second);
      if (match.compared_rows == 0) continue;
      agreement += match.agreement();
      rand_index += adjusted_rand_index(shared.first, shared.second);
      ++stability.compared_pairs;
      if (second + 1 == refits.size()) add_overlaps(match, regimes);
    }
  }
  if (stability.compared_pairs > 0) {
    stability.agreement = agreement / static_cast<double>(stability.compared_pairs);
    stability.adjusted_rand_index = rand_index / static_cast<double>(stability.compared_pairs);
  }
  for (auto& [label, regime] : regimes) {
    if (regime.compared_fits > 0) regime.overlap /= static_cast<double>(regime.compared_fits);
    stability.regimes.push_back(regime);
  }
  return stability;
}

}  // namespace regimetry::regimes
