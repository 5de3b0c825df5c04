// Bars for tests: a random walk with gaps, wicks and volume, valid in every row.
#pragma once

#include <cstdint>
#include <string>

#include "market/bars.hpp"

namespace regimetry::features::testing {

struct MadeBarsOptions {
  double first_price = 100;
  double step = 0.01;     // deviation of a bar's log return
  double flat_share = 0;  // share of bars with open = high = low = close = the close before and volume 0
  std::string symbol = "TEST";
};

// Daily bars from 2001-01-01 on.
[[nodiscard]] market::Bars made_bars(std::int64_t count, std::uint64_t seed,
                                     const MadeBarsOptions& options = {});

}  // namespace regimetry::features::testing
