#include "regimes/model/ordered_numbers.hpp"

#include "regimes/alignment/order_regimes.hpp"

namespace regimetry::regimes {

std::vector<std::int32_t> ordered_numbers(std::span<const std::int32_t> labels, int regime_count,
                                          std::span<const double> returns) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(regime_count), 0);
  for (const auto& [label, number] : order_regimes(labels, returns))
    numbers[static_cast<std::size_t>(label)] = number;
  return numbers;
}

}  // namespace regimetry::regimes
