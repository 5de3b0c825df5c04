// A market whose past is as it was and whose future never happened, or happened otherwise.
//
// Why several: a value that reads later bars may by chance not move under one of them. A copy of the next
// close survives no change of prices, a count of rows survives all but removal, a maximum over the future
// survives prices that fall.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/rng.hpp"
#include "features/bar_clock.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

enum class FutureChange {
  kRemoved,   // no bars after the cut
  kVolatile,  // a random walk of 5 % per bar from the last known close on; further columns drawn anew
  kScaled,    // prices times 1.7, volume and further columns times 3
  kShuffled,  // the same bars in another order
  kConstant,  // every bar as the last known one
  kExtreme,   // prices a million times higher and lower in turn, volume zero or enormous
};
inline constexpr std::array kFutureChanges = {FutureChange::kRemoved,  FutureChange::kVolatile,
                                              FutureChange::kScaled,   FutureChange::kShuffled,
                                              FutureChange::kConstant, FutureChange::kExtreme};
// "future removed", "future redrawn", ... for reports.
[[nodiscard]] std::string_view future_change_name(FutureChange change) noexcept;

// A copy of `data` in which everything that is over only after `moment` is changed, further columns too; what
// is over by then is untouched. Bars stay valid (low <= open, close <= high, all positive), and missing cells
// stay missing, those of further columns too; where bars are shuffled they go with their bar. Instruments
// without a bar up to `moment` are absent when the future is removed. The draws of an instrument depend on
// `rng`, `substream` and its position alone.
[[nodiscard]] market::MarketData with_altered_future(const market::MarketData& data,
                                                     std::span<const BarClock> clocks, TimestampNs moment,
                                                     FutureChange change, const Rng& rng,
                                                     std::uint64_t substream);

}  // namespace regimetry::features
