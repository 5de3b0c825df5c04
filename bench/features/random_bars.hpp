// One-minute bars of a random walk, for timing.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "core/rng.hpp"
#include "market/bars.hpp"

namespace regimetry::features {

inline market::Bars random_bars(std::int64_t count, std::uint64_t index) {
  RngStream stream = Rng(7).stream("bench.bars", index);
  market::Bars bars;
  bars.symbol = "S" + std::to_string(index);
  double close = 100;
  for (std::int64_t i = 0; i < count; ++i) {
    const double open = close * std::exp(0.003 * stream.normal());
    close = open * std::exp(0.01 * stream.normal());
    bars.timestamps.push_back((14'400'000 + i) * kNsPerMinute);
    bars.open.push_back(open);
    bars.high.push_back(std::max(open, close) * (1 + std::abs(0.005 * stream.normal())));
    bars.low.push_back(std::min(open, close) * (1 - std::abs(0.005 * stream.normal())));
    bars.close.push_back(close);
    bars.volume.push_back(std::floor(1e5 * std::exp(0.5 * stream.normal())));
  }
  return bars;
}

}  // namespace regimetry::features
