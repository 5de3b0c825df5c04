// Judges bars, and repairs what has one right answer.
#pragma once

#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/quality/quality_report.hpp"

namespace regimetry::market {

// Under every policy, and said: rows are sorted by stamp (equal stamps keep their order), rows that repeat a
// bar are left out, and highs and lows that miss open or close by rounding are widened.
enum class BadRowPolicy {
  kError,   // throw on what cannot be right, with the exact place
  kDrop,    // drop rows that cannot be right; of bars that share a stamp with other values, keep the last
  kRepair,  // as kDrop, but rows with one right reading are mended (repair_row.hpp says which)
};

struct QualityOptions {
  BadRowPolicy on_bad_row = BadRowPolicy::kError;
  // A move is a jump when it exceeds this many robust deviations (1.4826 x median absolute log return) of the
  // bars around it; or half as many, when it exceeds this many of the whole history.
  double jump_deviations = 12.0;
  // A price is frozen when open, high, low, close stay the same for this many bars.
  std::int64_t frozen_bars = 10;
  // A step longer than this many bars is looked at. It is a gap when the weeks before and after it, or most
  // weeks of the history, have bars at that weekday and time: the instrument's own calendar.
  double gap_factor = 1.5;
  // Fewer bars than this is too little history to learn anything from.
  std::int64_t min_history_bars = 250;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Only looks: the report, with no action taken.
[[nodiscard]] QualityReport check_quality(const MarketData& data, const QualityOptions& options,
                                          ThreadPool& pool);

struct CleanResult {
  MarketData data;       // strictly increasing stamps, finite positive prices, high/low consistent
  QualityReport report;  // with actions
};
// Checks and applies the policy. Throws Error (kData) under kError with `file:line`, stamp, values and the
// flag that helps.
[[nodiscard]] CleanResult clean(MarketData data, const QualityOptions& options, ThreadPool& pool,
                                Observer& observer);

}  // namespace regimetry::market
