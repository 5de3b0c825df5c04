// Slow and plain: parts of indicators written from their definitions in long double, one window at a time.
// What the tests of the catalogue are measured against; nothing here is shared with the code under test.
//
// A missing value is NaN and makes every window that holds it missing.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::testing {

using Plain = std::vector<long double>;  // one value per bar
inline constexpr long double kNothing = std::numeric_limits<long double>::quiet_NaN();

// A random walk in which about every tenth bar, and a stretch of 80 in the middle, stands still and trades
// nothing.
[[nodiscard]] market::Bars bars_with_still_stretches(std::uint64_t seed, std::int64_t count = 400);

[[nodiscard]] Plain plain(const std::vector<double>& values);
[[nodiscard]] std::vector<double> rounded(const Plain& values);

// value(i) for each of `count` bars, missing for the first `warmup` of them.
[[nodiscard]] Plain plain_each(std::size_t count, const std::function<long double(std::size_t)>& value);
[[nodiscard]] Plain plain_after(std::int64_t warmup, std::int64_t count,
                                const std::function<long double(std::size_t)>& value);
// The same for all bars, rounded: what a run is compared with.
[[nodiscard]] std::vector<double> reference(const market::Bars& bars, std::int64_t warmup,
                                            const std::function<long double(std::size_t)>& value);
// of_window(the last n values) on every bar that has them.
[[nodiscard]] Plain over_windows(const Plain& x, int n,
                                 const std::function<long double(std::span<const long double>)>& of_window);
// of_values(a, b) bar by bar.
[[nodiscard]] Plain combined(const Plain& a, const Plain& b,
                             const std::function<long double(long double, long double)>& of_values);

// Bar by bar.
[[nodiscard]] Plain operator+(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator-(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator*(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator*(long double a, const Plain& b);
[[nodiscard]] Plain plain_ratio(const Plain& a, const Plain& b, long double when_zero);  // of b
[[nodiscard]] Plain plain_distance(const Plain& a, const Plain& b);                      // a / b - 1
[[nodiscard]] Plain plain_size(const Plain& x);                                          // |x|
[[nodiscard]] Plain plain_true_range(const market::Bars& bars);

// Against earlier bars.
[[nodiscard]] Plain plain_lag(const Plain& x, int bars);
[[nodiscard]] Plain plain_change(const Plain& x);
[[nodiscard]] Plain plain_log_return(const Plain& x, int bars = 1);

// Over the last n values.
[[nodiscard]] Plain plain_sum(const Plain& x, int n);
[[nodiscard]] Plain plain_mean(const Plain& x, int n);
[[nodiscard]] Plain plain_variance(const Plain& x, int n);                    // divided by n
[[nodiscard]] Plain plain_deviation(const Plain& x, int n);                   // its root
[[nodiscard]] Plain plain_covariance(const Plain& x, const Plain& y, int n);  // divided by n
[[nodiscard]] Plain plain_slope(const Plain& x, int n);                       // least squares over time
[[nodiscard]] Plain plain_highest(const Plain& x, int n);
[[nodiscard]] Plain plain_lowest(const Plain& x, int n);
[[nodiscard]] Plain plain_linear_weighted(const Plain& x, int n);
[[nodiscard]] Plain plain_efficiency(const Plain& x, int n);

// Over all values so far; missing ones are passed over.
[[nodiscard]] Plain plain_total(const Plain& x);
// before + weight * (now - before), from the mean of the first n known values.
[[nodiscard]] Plain plain_smoothed(const Plain& x, int n, long double weight);
[[nodiscard]] Plain plain_exponential(const Plain& x, int n);
[[nodiscard]] Plain plain_rsi(const Plain& x, int n);  // Wilder's

// The last n values up to i, oldest first, and what can be told of them.
[[nodiscard]] Plain window(const Plain& series, std::size_t i, std::size_t n);
[[nodiscard]] Plain window(const std::vector<double>& series, std::size_t i, std::size_t n);
[[nodiscard]] long double sum_of(const Plain& values);
[[nodiscard]] long double mean_of(const Plain& values);
[[nodiscard]] long double central_moment(const Plain& values, int power);  // mean of (x - mean)^power
[[nodiscard]] long double sample_variance(const Plain& values);            // divided by n - 1
// sqrt(mean of part(x)^2)
[[nodiscard]] long double root_mean_square(const Plain& values,
                                           const std::function<long double(long double)>& part);

}  // namespace regimetry::features::testing
