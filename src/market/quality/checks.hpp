// The checks of one instrument, one family per source file. Each only looks and returns what it found.
#pragma once

#include <vector>

#include "market/quality/checked_bars.hpp"
#include "market/quality/time_order.hpp"

namespace regimetry::market {

using Findings = std::vector<QualityFinding>;

// On bars as they were read, in any order.

// unordered, backwards_across_files, duplicate_exact, duplicate_conflict, implausible_stamp
[[nodiscard]] Findings check_stamps(const CheckedBars& read, const TimeOrder& order);
// One finding per RowFault: missing_price, non_finite_price, ..., high_below_low, ..., negative_volume
[[nodiscard]] Findings check_rows(const CheckedBars& read);
// missing_volume, zero_volume, stale_volume
[[nodiscard]] Findings check_volume(const CheckedBars& read);
// frozen_price, flat_bar
[[nodiscard]] Findings check_standstill(const CheckedBars& read);
// too_short, irregular_stamps, partial_bar, price_scale
[[nodiscard]] Findings check_history(const CheckedBars& read);

// On bars with strictly increasing stamps.

// gap, missing_bars, closed_session, off_grid_stamp
[[nodiscard]] Findings check_calendar(const CheckedBars& ordered);
// jump, spike_reverted, split_like
[[nodiscard]] Findings check_moves(const CheckedBars& ordered);

}  // namespace regimetry::market
