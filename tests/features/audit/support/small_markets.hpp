// Small markets for the audits' tests: random walks with weekends, holidays and missing cells.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/rng.hpp"
#include "market/market_data.hpp"

namespace regimetry::features {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

inline market::Column number_column(std::string name, std::vector<double> numbers) {
  market::Column column;
  column.name = std::move(name);
  column.kind = market::ColumnKind::kNumber;
  column.numbers = std::move(numbers);
  return column;
}

inline market::Column category_column(std::string name, std::vector<std::int32_t> codes,
                                      std::vector<std::string> categories) {
  market::Column column;
  column.name = std::move(name);
  column.kind = market::ColumnKind::kCategory;
  column.codes = std::move(codes);
  column.categories = std::move(categories);
  return column;
}

// Prices and volumes of a random walk (sd 1 % per bar) at the given stamps.
inline market::Bars walk_at(std::string symbol, std::vector<TimestampNs> stamps, std::uint64_t seed) {
  market::Bars bars;
  bars.symbol = std::move(symbol);
  bars.timestamps = std::move(stamps);
  RngStream stream = Rng(seed).stream("test.walk");
  double price = 100;
  for (std::size_t t = 0; t < bars.timestamps.size(); ++t) {
    const double open = price * (1 + 0.002 * stream.normal()),
                 close = open * std::exp(0.01 * stream.normal());
    bars.open.push_back(open);
    bars.close.push_back(close);
    bars.high.push_back(std::max(open, close) * (1 + 0.003 * stream.exponential()));
    bars.low.push_back(std::min(open, close) / (1 + 0.003 * stream.exponential()));
    bars.volume.push_back(1000 * std::exp(0.5 * stream.normal()));
    price = close;
  }
  return bars;
}

// Monday to Friday from 2018-01-01 on; `count` of them, with a fortnight missing after two thirds.
inline market::Bars daily_walk(std::int64_t count, std::uint64_t seed, std::string symbol = "DAY") {
  std::vector<TimestampNs> stamps;
  TimestampNs stamp = days_from_civil(2018, 1, 1) * kNsPerDay;
  while (static_cast<std::int64_t>(stamps.size()) < count) {
    if (weekday(stamp) < 5) stamps.push_back(stamp);
    if (static_cast<std::int64_t>(stamps.size()) == 2 * count / 3 && weekday(stamp) == 4)
      stamp += 14 * kNsPerDay;
    stamp += kNsPerDay;
  }
  market::Bars bars = walk_at(std::move(symbol), std::move(stamps), seed);
  bars.timeframe.nanoseconds = kNsPerDay;
  return bars;
}

// Around the clock from 2020-03-02 on.
inline market::Bars hourly_walk(std::int64_t count, std::uint64_t seed, std::string symbol = "HOUR") {
  std::vector<TimestampNs> stamps;
  for (std::int64_t t = 0; t < count; ++t)
    stamps.push_back(days_from_civil(2020, 3, 2) * kNsPerDay + t * kNsPerHour);
  market::Bars bars = walk_at(std::move(symbol), std::move(stamps), seed);
  bars.timeframe.nanoseconds = kNsPerHour;
  return bars;
}

inline market::MarketData market_of(std::vector<market::Bars> instruments) {
  market::MarketData data;
  data.instruments = std::move(instruments);
  return data;
}

}  // namespace regimetry::features
