#include "market/quality/repair_row.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace regimetry::market {
namespace {

// A few ticks: then the range was cut short. More, and the open or close may as well be the wrong one.
constexpr double kWidestMiss = 0.005;

bool is_unrecorded(double price) {
  return std::isnan(price) || price == 0;
}

// Fills an open or close that is missing when high and low leave one value only.
std::optional<RepairedRow> fill_from_flat(BarValues bar) {
  if (!(bar.high > 0 && bar.high == bar.low && std::isfinite(bar.high))) return std::nullopt;
  if (is_unrecorded(bar.open)) bar.open = bar.high;
  if (is_unrecorded(bar.close)) bar.close = bar.high;
  return RepairedRow{bar, "filled open and close from high = low"};
}

std::optional<RepairedRow> swap_high_low(BarValues bar) {
  std::swap(bar.high, bar.low);
  return RepairedRow{bar, "swapped high and low"};
}

std::optional<RepairedRow> widen(BarValues bar) {
  const double top = std::max({bar.open, bar.high, bar.low, bar.close});
  const double bottom = std::min({bar.open, bar.high, bar.low, bar.close});
  if (top > bar.high * (1 + kWidestMiss) || bottom < bar.low * (1 - kWidestMiss)) return std::nullopt;
  bar.high = top;
  bar.low = bottom;
  return RepairedRow{bar, "widened high and low to hold open and close"};
}

std::optional<RepairedRow> repair_prices(const BarValues& bar, RowFaults faults) {
  if (faults.has(RowFault::kNonFinitePrice)) return std::nullopt;
  if (faults.has(RowFault::kMissingPrice) || faults.has(RowFault::kOpenZero)) return fill_from_flat(bar);
  if (faults.has(RowFault::kNonPositivePrice)) return std::nullopt;
  if (faults.has(RowFault::kHighBelowLow)) return swap_high_low(bar);
  return widen(bar);
}

}  // namespace

std::optional<RepairedRow> repair_row(const BarValues& bar, RowFaults faults) {
  RepairedRow repaired{bar, {}};
  if (faults.has(RowFault::kNegativeVolume) || faults.has(RowFault::kNonFiniteVolume)) {
    repaired = {bar, "marked the volume as missing"};
    repaired.bar.volume = std::numeric_limits<double>::quiet_NaN();
    if (faults_of(repaired.bar).empty()) return repaired;
  }
  const std::optional<RepairedRow> prices = repair_prices(repaired.bar, faults);
  // A bar with two faults may still be wrong after the cure of one.
  if (!prices || !faults_of(prices->bar).empty()) return std::nullopt;
  return prices;
}

}  // namespace regimetry::market
