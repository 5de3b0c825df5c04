// When a bar is known: at its end, whatever its stamp means.
//
// Why: a daily bar stamped with its first moment is no knowledge of that moment. Cutting a panel by the ends
// of its bars cuts hourly and daily bars of one panel at the same instant. Where all bars are of one
// timeframe, it is the same as cutting by stamps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "features/feature_table.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

// From a stamp to the moment at which its bar is over. Nominal: a bar of 1d lasts a day, also over weekends.
class BarClock {
 public:
  BarClock() = default;
  // `timeframe` counts for stamps that mean the start; stamps that mean the end are their own end.
  BarClock(const market::Timeframe& timeframe, market::StampMeaning meaning);

  [[nodiscard]] TimestampNs end_of(TimestampNs stamp) const;
  // How many of the (increasing) stamps belong to bars that are over at `moment`.
  [[nodiscard]] std::int64_t count_known(std::span<const TimestampNs> stamps, TimestampNs moment) const;

 private:
  std::int64_t nanoseconds_ = 0;
  int months_ = 0;
};

// The clock of each instrument. One whose timeframe is unknown takes the longest of the others: with a
// shorter one, what it shares with them at the same stamp would look like a view of the future.
[[nodiscard]] std::vector<BarClock> clocks_of(const market::MarketData& data);

// The clock of a table of features, by its own timeframe: daily rows computed from hourly bars are known when
// the day is over. Where the table leaves its timeframe open, the longest of the bars counts. Its stamps mean
// what the stamps of the bars of its symbol mean (of the same timeframe if there are such), and the start of
// a row where there are no bars of its symbol.
[[nodiscard]] BarClock clock_of(const FeatureTable& table, const market::MarketData& data);

}  // namespace regimetry::features
