// Judges bars, and repairs what has one right answer.
#pragma once

#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/market_data.hpp"
#include "market/quality/quality_report.hpp"

namespace regimetry::market {

enum class BadRowPolicy {
  kError,  // throw on what cannot be right, with the exact place; order and exact duplicates are repaired and
           // said
  kDrop,   // drop rows that cannot be right
  kRepair,  // as kDrop, but rows with one right reading are mended (high/low widened to hold open and close,
            // ...)
};

struct QualityOptions {
  BadRowPolicy on_bad_row = BadRowPolicy::kError;
  // A move is a jump when it exceeds this many robust deviations (1.4826 x median absolute deviation of log
  // returns).
  double jump_deviations = 12.0;
  // A price is frozen when open, high, low, close stay the same for this many bars.
  std::int64_t frozen_bars = 10;
  // A gap is a step longer than this many times what is usual for its weekday and hour in this instrument's
  // own calendar.
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
