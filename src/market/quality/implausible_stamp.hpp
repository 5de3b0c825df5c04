// Stamps that no market data has: outside the years 1800 to 2100, or missing.
#pragma once

#include <string>

#include "market/column_table.hpp"

namespace regimetry::market {

[[nodiscard]] constexpr bool is_implausible_stamp(TimestampNs stamp) noexcept {
  constexpr TimestampNs kYear1800 = -62'091 * kNsPerDay, kYear2101 = 47'847 * kNsPerDay;
  return stamp < kYear1800 || stamp >= kYear2101;
}

[[nodiscard]] inline std::string describe_implausible_stamp(TimestampNs stamp) {
  return stamp == kMissingTime ? std::string("stamp missing") : "stamp " + format_timestamp(stamp);
}

}  // namespace regimetry::market
