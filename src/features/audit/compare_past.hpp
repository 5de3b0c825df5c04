// Two runs of one computation, the second with another future: what differs in the past they share?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "features/bar_clock.hpp"
#include "features/feature_table.hpp"

namespace regimetry::features {

// One column of one instrument whose past is not the same.
struct PastChange {
  std::size_t instrument = 0;  // index into the reference
  std::size_t feature = 0;     // index into its names
  std::int64_t first_row = 0;  // first row that differs
  std::int64_t rows_changed = 0;
  std::int64_t rows_compared = 0;
  float first_before = 0, first_after = 0;  // at the first row
  float before = 0, after = 0;              // at the row where they lie furthest apart
};

// An instrument whose rows or names are not the same.
struct ShapeChange {
  std::size_t instrument = 0;
  bool is_names = false;  // else rows
  TimestampNs stamp = 0;  // the first row that only one of them has
  std::string words;      // what is different
};

struct PastComparison {
  std::vector<PastChange> values;  // by instrument, then feature
  std::vector<ShapeChange> shapes;
  std::int64_t values_compared = 0;  // missing ones count only against a value
};

// Compares the rows that are over at `moment`. `clocks` has one entry per instrument of `reference`; tables
// are matched by symbol and timeframe. Values must be the same bits, NaN being equal to NaN.
[[nodiscard]] PastComparison compare_past(const FeatureData& reference, const FeatureData& other,
                                          std::span<const BarClock> clocks, TimestampNs moment);

}  // namespace regimetry::features
