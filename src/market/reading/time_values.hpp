// The values of one time column -> nanoseconds, whatever they were: words, counts or fractions of seconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "market/column_table.hpp"
#include "market/reading/raw_table.hpp"
#include "market/reading/read_options.hpp"

namespace regimetry::market {

struct TimeValues {
  std::vector<TimestampNs> values;  // kMissingTime where the cell was empty
  // kInstant, kWallClock, kDate or kTimeOfDay; never kNone or kCount.
  TimeEncoding encoding = TimeEncoding::kInstant;
  // Set only where instants and wall clocks are mixed: whether the row is an instant. `encoding` is then
  // kWallClock.
  std::vector<bool> is_instant;
  bool is_zoned = false;  // words only: some cell says its zone; with is_instant empty, every cell does
};

// `column` as times, from its present encoding; its memory is reused where possible. `is_time_of_day`: the
// column stands beside a date column. Throws Error (kData) naming `source`, the row and the value for what is
// no time, and when words can be read day-first and month-first.
[[nodiscard]] TimeValues read_time_values(Column column, TimeEncoding encoding, bool is_time_of_day,
                                          const std::string& source, const ReadOptions& options,
                                          ThreadPool& pool, Observer& observer);

}  // namespace regimetry::market
