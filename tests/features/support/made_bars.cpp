#include "features/support/made_bars.hpp"

#include <algorithm>
#include <cmath>

#include "core/rng.hpp"

namespace regimetry::features::testing {

market::Bars made_bars(std::int64_t count, std::uint64_t seed, const MadeBarsOptions& options) {
  RngStream stream = Rng(seed).stream("test.bars");
  market::Bars bars;
  bars.symbol = options.symbol;
  double close = options.first_price;
  constexpr TimestampNs kFirstStamp = 978'307'200 * kNsPerSecond;  // 2001-01-01
  for (std::int64_t i = 0; i < count; ++i) {
    const bool is_flat = stream.uniform() < options.flat_share;
    const double open = is_flat ? close : close * std::exp(0.3 * options.step * stream.normal());
    const double last = is_flat ? close : open * std::exp(options.step * stream.normal());
    const double up = is_flat ? 0 : std::abs(options.step * stream.normal());
    const double down = is_flat ? 0 : std::abs(options.step * stream.normal());
    bars.timestamps.push_back(kFirstStamp + i * kNsPerDay);
    bars.open.push_back(open);
    bars.high.push_back(std::max(open, last) * (1 + up));
    bars.low.push_back(std::min(open, last) * (1 - down));
    bars.close.push_back(last);
    bars.volume.push_back(is_flat ? 0 : std::floor(1000 * std::exp(0.5 * stream.normal())));
    close = last;
  }
  return bars;
}

}  // namespace regimetry::features::testing
