// Do rows run forward or backward in time? Steps are counted between neighbouring rows of one symbol.
#pragma once

#include <cstdint>
#include <span>

#include "core/time.hpp"

namespace regimetry::market {

struct RowSteps {
  std::int64_t up = 0, down = 0;
  [[nodiscard]] bool is_monotonic() const noexcept { return up == 0 || down == 0; }
  // Newest first as a whole; some rows out of place do not hide it.
  [[nodiscard]] bool runs_backward() const noexcept { return down > 4 * up; }
};

// `symbol_codes`: of each row, or empty. Tables sorted by time with many symbols have no neighbours of one
// symbol: then all neighbours count.
[[nodiscard]] RowSteps count_steps(std::span<const TimestampNs> stamps,
                                   std::span<const std::int32_t> symbol_codes);

}  // namespace regimetry::market
