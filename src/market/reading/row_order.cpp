#include "market/reading/row_order.hpp"

#include <cstddef>

namespace regimetry::market {

RowSteps count_steps(std::span<const TimestampNs> stamps, std::span<const std::int32_t> symbol_codes) {
  RowSteps within;
  RowSteps all;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const bool is_up = stamps[i] > stamps[i - 1];
    const bool is_down = stamps[i] < stamps[i - 1];
    all.up += is_up;
    all.down += is_down;
    if (symbol_codes.empty() || symbol_codes[i] != symbol_codes[i - 1]) continue;
    within.up += is_up;
    within.down += is_down;
  }
  return within.up + within.down > 0 ? within : all;
}

}  // namespace regimetry::market
