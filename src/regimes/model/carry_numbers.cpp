#include "regimes/model/carry_numbers.hpp"

#include <algorithm>

#include "regimes/alignment/match_labels.hpp"
#include "regimes/no_regime.hpp"

namespace regimetry::regimes {

std::vector<std::int32_t> carry_numbers(std::span<const std::int32_t> labels, int regime_count,
                                        std::span<const std::int32_t> earlier, std::int32_t highest,
                                        double minimum_shared) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(regime_count), kNoRegime);
  for (const LabelMatch::Pair& pair : match_labels(labels, earlier).pairs) {
    const auto smaller = static_cast<double>(std::min(pair.rows_of_label, pair.rows_of_reference));
    if (static_cast<double>(pair.common) >= minimum_shared * smaller)
      numbers[static_cast<std::size_t>(pair.label)] = pair.reference;
  }
  for (std::int32_t& number : numbers)
    if (number == kNoRegime) number = ++highest;
  return numbers;
}

}  // namespace regimetry::regimes
