// Runs of rows that repeat the row before.
#pragma once

#include <cstdint>

#include "market/quality/checked_bars.hpp"

namespace regimetry::market {

struct EqualRuns {
  Tally tally;  // one count per run, at its first row; the longest run is the worst
  std::int64_t first_length = 0, worst_length = 0;
  [[nodiscard]] std::int64_t length_from(std::int64_t row) const {
    return row == tally.worst_row ? worst_length : first_length;
  }
};

// Runs of at least `min_length` rows in which every row but the first satisfies `repeats(row)`; asked for
// rows 1 and on.
template <typename Repeats>
[[nodiscard]] EqualRuns find_equal_runs(std::int64_t row_count, std::int64_t min_length, Repeats repeats) {
  EqualRuns runs;
  std::int64_t begin = 0;
  for (std::int64_t row = 1; row <= row_count; ++row) {
    if (row < row_count && repeats(row)) continue;
    const std::int64_t length = row - begin;
    if (length >= min_length && row_count > 0) {
      runs.tally.add(begin, static_cast<double>(length));
      if (runs.tally.count == 1) runs.first_length = length;
      if (runs.tally.worst_row == begin) runs.worst_length = length;
    }
    begin = row;
  }
  return runs;
}

}  // namespace regimetry::market
