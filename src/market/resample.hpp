// Bars of one timeframe -> bars of a longer one.
//
// Open is the first, high the highest, low the lowest, close the last, volume the sum of those that are
// known. A period without bars gives no bar. Time:    never from the future: a bar is made of the bars whose
// whole time lies within its period, and it counts as
//          complete only when its period is over in the data. The bars at the two ends of the data, whose
//          period the data does not cover, are marked (or dropped), so more data changes only what was
//          marked.
// Stamps:  mean what they meant before: begin or end of the period.
// Demands: strictly increasing stamps (quality/).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/period_grid.hpp"

namespace regimetry::market {

enum class PartialBars {
  kMark,  // a boolean column `is_partial`
  kDrop,
};

// What becomes of a further column. Missing values are passed over; a period with none but missing ones gets
// one.
enum class ExtraRule { kLast, kSum, kMean };

// Name of the boolean column that marks bars which the data does not cover.
inline constexpr std::string_view kPartialColumn = "is_partial";

struct ResampleOptions {
  // The periods: timeframe, time zone, session anchor, start of the week.
  PeriodGridOptions grid;
  PartialBars partial = PartialBars::kMark;
  // Rule of each further column by name; columns that are not named keep their last value. Sum and mean need
  // numbers.
  std::map<std::string, ExtraRule> extra_rules;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Throws Error (kUsage) when the timeframe is shorter than that of the bars, does not hold a whole number of
// them, or when a bar reaches across a boundary (the message names the bar and the flag that moves the
// boundary).
[[nodiscard]] Bars resample(const Bars& bars, const ResampleOptions& options);

// Every instrument. The metadata stays and gains "resample": what was done.
[[nodiscard]] MarketData resample(const MarketData& data, const ResampleOptions& options, ThreadPool& pool);

}  // namespace regimetry::market
