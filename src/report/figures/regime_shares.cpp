#include "report/figures/regime_shares.hpp"

#include <algorithm>

#include "regimes/no_regime.hpp"

namespace regimetry::report {

RegimeShares regime_shares(std::span<const std::int32_t> ids, int regime_count) {
  RegimeShares shares;
  shares.counts.assign(static_cast<std::size_t>(regime_count), 0);
  shares.total = static_cast<std::int64_t>(ids.size());
  for (const std::int32_t id : ids)
    ++(id < 0 ? shares.unlabelled : shares.counts.at(static_cast<std::size_t>(id)));
  return shares;
}

int regime_count(const RegimeRun& run) {
  std::int32_t highest = regimes::kNoRegime;
  for (const Labelling* labels : {&run.final_labels, &run.asof_labels}) {
    if (!labels->empty()) highest = std::max(highest, *std::ranges::max_element(labels->ids));
  }
  return std::max(highest + 1, 0);
}

}  // namespace regimetry::report
