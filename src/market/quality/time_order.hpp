// In which order rows must be read so that their stamps increase, and which rows say the same thing twice.
#pragma once

#include <cstdint>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::market {

// Rows with one stamp, adjacent in sorted order, at least two.
struct StampGroup {
  std::int64_t begin = 0, end = 0;  // positions in TimeOrder::sorted_rows, or rows when that is empty
};

struct TimeOrder {
  bool is_strictly_increasing = true;  // then everything below is empty: nothing to do
  std::int64_t backward_steps = 0;     // rows whose stamp is earlier than that of the row before
  std::vector<std::int64_t>
      sorted_rows;  // stable: equal stamps keep their order; empty when the rows are sorted
  std::vector<StampGroup> repeats;

  [[nodiscard]] std::int64_t row_at(std::int64_t position) const {
    return sorted_rows.empty() ? position : sorted_rows[static_cast<std::size_t>(position)];
  }
};
[[nodiscard]] TimeOrder find_time_order(const Bars& bars);

// Two rows give the same bar: equal prices and volume, where missing equals missing.
[[nodiscard]] bool is_same_bar(const Bars& bars, std::int64_t row, std::int64_t other);

// Which of `rows` (one stamp, in file order, at least one) to keep. Rows that give the same bar: the one with
// the fewest missing extra values, the earliest among equals. Rows that conflict: the last, because who
// appends to a file writes the unfinished bar first and its final form later.
[[nodiscard]] std::int64_t row_to_keep(const Bars& bars, const std::vector<std::int64_t>& rows);

// Rows in order of time, one per stamp.
[[nodiscard]] std::vector<std::int64_t> ordered_unique_rows(const Bars& bars, const TimeOrder& order);

}  // namespace regimetry::market
