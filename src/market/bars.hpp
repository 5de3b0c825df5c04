// Bars: one instrument, one timeframe, in memory as separate contiguous columns.
//
// Shape:  T bars; every vector below has T elements.
// Time:   stamps are UTC nanoseconds; stamp_meaning says whether a stamp is the bar's start or its end. A
// reader's
//         output is in file order; after the health stage (quality/) stamps are strictly increasing.
// Units:  prices in the quote currency, volume in whatever the source counts (NaN when the source has none).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "market/column_table.hpp"
#include "market/timeframe.hpp"

namespace regimetry::market {

enum class StampMeaning { kBarStart, kBarEnd };
[[nodiscard]] std::string_view stamp_meaning_name(StampMeaning meaning) noexcept;  // "start", "end"

struct Bars {
  std::string symbol;
  Timeframe timeframe;
  double bars_per_year =
      0;  // measured from the stamps; 0 when unknown. Annualisation uses this, never a convention.
  StampMeaning stamp_meaning = StampMeaning::kBarStart;

  std::vector<TimestampNs> timestamps;
  std::vector<double> open, high, low, close, volume;
  // Further columns of the source (signals, spreads, simulated truth), untouched, T rows each.
  std::vector<Column> extras;

  std::string source;  // file it came from, for messages
  RowOrigin origin;    // row -> line of that file

  [[nodiscard]] std::int64_t size() const noexcept { return static_cast<std::int64_t>(timestamps.size()); }
};

// Keeps the rows whose index is listed, in that order, in every column. Indices must be within [0, size).
[[nodiscard]] Bars take_rows(const Bars& bars, const std::vector<std::int64_t>& rows);

}  // namespace regimetry::market
