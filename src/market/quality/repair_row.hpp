// Mends a row when only one reading of it is right.
#pragma once

#include <optional>
#include <string_view>

#include "market/quality/row_faults.hpp"

namespace regimetry::market {

struct RepairedRow {
  BarValues bar;
  std::string_view how;  // "swapped high and low", "widened high and low", ...
};

// Nothing when the row has no fault's one right answer; who repairs then drops the row. What has one:
// - high and low in each other's place, when swapping them makes the bar consistent;
// - a high or low that misses open or close by at most 0.5% of the price: it must at least hold them. A
// larger miss means
//   that one of the prices is wrong, and nothing tells which;
// - a missing or zero open (or a missing close) of a bar whose high equals its low: no other value fits;
// - a negative or infinite volume: it is not known, so it is marked as missing. The prices stay.
[[nodiscard]] std::optional<RepairedRow> repair_row(const BarValues& bar, RowFaults faults);

}  // namespace regimetry::market
