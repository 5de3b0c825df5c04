// When a bar begins and when it is over, whatever its stamp means.
//
// Why: a daily bar stamped with its first moment is no knowledge of that moment, and a monthly bar stamped
// with the first of a month is known a month later. What asks "was this known then?" asks here: audits cut a
// panel by the ends of its bars, folds and transforms keep what was not over from what is learned from. Time:
// nominal. A bar of 1d lasts 24 hours, one of a month until the same day of the next month (or its last one),
// also over weekends. A bar of unknown length is the moment of its stamp.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "features/feature_table.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

class BarClock {
 public:
  BarClock() = default;
  BarClock(const market::Timeframe& timeframe, market::StampMeaning meaning);

  // The moment at which the bar is over; its stamp where stamps mean the end.
  [[nodiscard]] TimestampNs end_of(TimestampNs stamp) const noexcept;
  // How many of the (increasing) stamps belong to bars that are over at `moment`.
  [[nodiscard]] std::int64_t count_known(std::span<const TimestampNs> stamps, TimestampNs moment) const;

  // The bar as a stretch to which both moments belong, so that bars that follow one another are a nanosecond
  // apart. At its last moment it is known.
  [[nodiscard]] TimestampNs first_moment(TimestampNs stamp) const noexcept;
  [[nodiscard]] TimestampNs last_moment(TimestampNs stamp) const noexcept;

  // Whether bars last one or more whole days, so that people name them by dates.
  [[nodiscard]] bool counts_days() const noexcept;

 private:
  [[nodiscard]] bool has_length() const noexcept { return months_ > 0 || nanoseconds_ > 0; }

  std::int64_t nanoseconds_ = 0;
  int months_ = 0;
  market::StampMeaning meaning_ = market::StampMeaning::kBarStart;
};

// For comparing lengths only: a month counts as the longest. 0 when unknown.
[[nodiscard]] std::int64_t nominal_length(const market::Timeframe& timeframe) noexcept;

// The clock of each instrument. One whose timeframe is unknown takes the longest of the others: with a
// shorter one, what it shares with them at the same stamp would look like a view of the future.
[[nodiscard]] std::vector<BarClock> clocks_of(const market::MarketData& data);

// The clock of a table of features, by its own timeframe: daily rows computed from hourly bars are known when
// the day is over. Where the table leaves its timeframe open, the longest of the bars counts. Its stamps mean
// what the stamps of the bars of its symbol mean (of the same timeframe if there are such), and the start of
// a row where there are no bars of its symbol.
[[nodiscard]] BarClock clock_of(const FeatureTable& table, const market::MarketData& data);

// What the stamps of features mean, as the metadata of the market that they were made from says: the end
// where it says so of all instruments, else the start.
[[nodiscard]] market::StampMeaning stamp_meaning_of(const nlohmann::json& metadata);
// The same, asking only for the instruments of that symbol where there are such.
[[nodiscard]] market::StampMeaning stamp_meaning_of(const nlohmann::json& metadata,
                                                    const std::string& symbol);

}  // namespace regimetry::features
