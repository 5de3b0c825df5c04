// Textbook loops in long double, one window at a time: what the tests of the trend group are measured
// against. A missing value is NaN and makes every window that holds it missing.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::testing {

using Plain = std::vector<long double>;
inline constexpr long double kNothing = std::numeric_limits<long double>::quiet_NaN();

// A random walk that stands still in about every tenth bar, and for 80 bars in its middle.
[[nodiscard]] market::Bars bars_with_still_stretches(std::uint64_t seed, std::int64_t count = 400);

[[nodiscard]] Plain plain(const std::vector<double>& values);
[[nodiscard]] std::vector<double> rounded(const Plain& values);
// of_window(the last n values) on every bar that has them.
[[nodiscard]] Plain over_windows(const Plain& x, int n,
                                 const std::function<long double(std::span<const long double>)>& of_window);
// of_values(a, b) bar by bar.
[[nodiscard]] Plain combined(const Plain& a, const Plain& b,
                             const std::function<long double(long double, long double)>& of_values);

[[nodiscard]] Plain plain_lag(const Plain& x, int bars);
[[nodiscard]] Plain plain_mean(const Plain& x, int n);
[[nodiscard]] Plain plain_sum(const Plain& x, int n);
[[nodiscard]] Plain plain_deviation(const Plain& x, int n);  // population
[[nodiscard]] Plain plain_highest(const Plain& x, int n);
[[nodiscard]] Plain plain_lowest(const Plain& x, int n);
[[nodiscard]] Plain plain_linear_weighted(const Plain& x, int n);
// before + weight * (now - before), from the mean of the first n known values.
[[nodiscard]] Plain plain_smoothed(const Plain& x, int n, long double weight);
[[nodiscard]] Plain plain_exponential(const Plain& x, int n);
[[nodiscard]] Plain plain_true_range(const market::Bars& bars);
[[nodiscard]] Plain plain_efficiency(const Plain& x, int n);
// a / b - 1
[[nodiscard]] Plain plain_distance(const Plain& a, const Plain& b);

}  // namespace regimetry::features::testing
