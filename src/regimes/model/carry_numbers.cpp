#include "regimes/model/carry_numbers.hpp"

#include <set>

#include "regimes/alignment/match_labels.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::regimes {

std::vector<std::int32_t> carry_numbers(std::span<const std::int32_t> labels, int regime_count,
                                        std::span<const std::int32_t> earlier) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(regime_count), kNoRegime);
  std::set<std::int32_t> taken;
  for (const LabelMatch::Pair& pair : match_labels(labels, earlier).pairs) {
    numbers[static_cast<std::size_t>(pair.label)] = pair.reference;
    taken.insert(pair.reference);
  }
  std::int32_t free = 0;
  for (std::int32_t& number : numbers) {
    if (number != kNoRegime) continue;
    while (taken.contains(free)) ++free;
    number = free++;
  }
  return numbers;
}

}  // namespace regimetry::regimes
