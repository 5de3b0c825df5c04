// The numbers that regimes had in an earlier run, for those that are still the same.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace regimetry::regimes {

// A regime is one of an earlier run when they are matched and share at least this part of the rows of the
// smaller of the two.
inline constexpr double kSameRegimeShare = 0.5;

// Number of this run -> number that lasts. `ids` [N] of this run; `baseline` [N] of the earlier one, negative
// for rows that it did not have. Regimes of this run that are none of the earlier one get numbers after its
// highest, in their order.
[[nodiscard]] std::map<std::int32_t, std::int32_t> lasting_numbers(std::span<const std::int32_t> ids,
                                                                   std::span<const std::int32_t> baseline);

}  // namespace regimetry::regimes
