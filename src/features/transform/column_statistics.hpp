// Mean, deviation and quantiles of one column, the same on any number of threads and accurate for any column.
//
// Method:   sums are compensated (Neumaier 1974) and taken in the order of the rows over values scaled by a
// power of two, so that neither ten million values, a level of 10^6 with tiny moves, nor values near the ends
// of double lose digits or overflow.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::features {

struct MeanAndDeviation {
  double mean = 0;
  double deviation = 0;  // of the population: divided by the count; exactly 0 when all values are equal
};

// Of `values` and of `fill` taken `fill_count` times, without making room for it. All finite, at least one
// value.
[[nodiscard]] MeanAndDeviation mean_and_deviation(std::span<const double> values, double fill = 0,
                                                  std::int64_t fill_count = 0);

// The quantiles of `shares` (each in 0..1) with linear interpolation between order statistics, as numpy's
// default: position share * (count - 1). `values` finite, at least one, left in another order.
[[nodiscard]] std::vector<double> quantiles(std::span<double> values, std::span<const double> shares);

// The middle value, or the mean of the two in the middle. `values` is left in another order.
[[nodiscard]] double median(std::span<double> values);

// (x - low) / (high - low) for low < high, also where the difference overflows.
[[nodiscard]] double fraction_between(double x, double low, double high) noexcept;

}  // namespace regimetry::features
