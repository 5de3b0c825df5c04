// How many bars each regime holds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "report/regime_run.hpp"

namespace regimetry::report {

struct RegimeShares {
  std::vector<std::int64_t> counts;  // [K] bars of each regime; 0 for a number that never occurs
  std::int64_t unlabelled = 0;       // bars without a regime
  std::int64_t total = 0;            // all bars
  [[nodiscard]] double share(std::int64_t count) const noexcept {
    return total == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(total);
  }
};

// `ids` [T], each below `regime_count`; negative: none.
[[nodiscard]] RegimeShares regime_shares(std::span<const std::int32_t> ids, int regime_count);

// One more than the highest regime of the run's final labels and those known at the time: K of all its
// figures.
[[nodiscard]] int regime_count(const RegimeRun& run);

}  // namespace regimetry::report
