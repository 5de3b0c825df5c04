#include "regimes/model/lasting_numbers.hpp"

#include <algorithm>
#include <set>

#include "regimes/alignment/match_labels.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::regimes {

std::map<std::int32_t, std::int32_t> lasting_numbers(std::span<const std::int32_t> ids,
                                                     std::span<const std::int32_t> baseline) {
  std::map<std::int32_t, std::int32_t> lasting;
  for (const LabelMatch::Pair& pair : match_labels(ids, baseline).pairs) {
    const auto smaller = static_cast<double>(std::min(pair.rows_of_label, pair.rows_of_reference));
    if (static_cast<double>(pair.common) >= kSameRegimeShare * smaller) lasting[pair.label] = pair.reference;
  }
  std::int32_t highest = kNoRegime;
  for (const std::int32_t number : baseline) highest = std::max(highest, number);
  for (const std::int32_t id : std::set<std::int32_t>(ids.begin(), ids.end()))
    if (id >= 0 && !lasting.contains(id)) lasting[id] = ++highest;
  return lasting;
}

}  // namespace regimetry::regimes
