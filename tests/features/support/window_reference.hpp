// Slow and plain: indicators' parts written from their definitions in long double, one loop over the window
// per bar. The references that golden tests are made from; nothing here is shared with the code under test.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::testing::window_reference {

using Plain = std::vector<long double>;  // one value per bar; NaN: missing

[[nodiscard]] Plain plain(const std::vector<double>& values);
[[nodiscard]] std::vector<double> to_double(const Plain& values);
// value(i) for each of `count` bars.
[[nodiscard]] Plain plain_each(std::size_t count, const std::function<long double(std::size_t)>& value);

// Missing where i < bars.
[[nodiscard]] Plain plain_lag(const Plain& x, int bars);
[[nodiscard]] Plain plain_change(const Plain& x);
[[nodiscard]] Plain plain_log_return(const Plain& x, int bars = 1);
// Over x[i - bars + 1 .. i]; missing while one of them is.
[[nodiscard]] Plain plain_sum(const Plain& x, int bars);
[[nodiscard]] Plain plain_mean(const Plain& x, int bars);
[[nodiscard]] Plain plain_maximum(const Plain& x, int bars);
[[nodiscard]] Plain plain_minimum(const Plain& x, int bars);
[[nodiscard]] Plain plain_variance(const Plain& x, int bars);                    // divided by bars
[[nodiscard]] Plain plain_covariance(const Plain& x, const Plain& y, int bars);  // divided by bars
[[nodiscard]] Plain plain_slope(const Plain& x, int bars);                       // least squares over time
// Leading missing values are passed over; the first average is the mean of the first `bars` values.
[[nodiscard]] Plain plain_ema(const Plain& x, int bars);
[[nodiscard]] Plain plain_rsi(const Plain& x, int bars);  // Wilder's
[[nodiscard]] Plain plain_total(const Plain& x);          // sum since the start

// a[i] op b[i].
[[nodiscard]] Plain operator+(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator-(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator*(const Plain& a, const Plain& b);
[[nodiscard]] Plain operator*(long double a, const Plain& b);
// a[i] / b[i], `when_zero` where b[i] is 0.
[[nodiscard]] Plain plain_ratio(const Plain& a, const Plain& b, long double when_zero);
[[nodiscard]] Plain plain_size(const Plain& x);  // |x|

// A random walk in which a tenth of the bars and a stretch of 70 in the middle are flat and trade nothing.
[[nodiscard]] market::Bars bars_with_still_stretches(std::int64_t count, std::uint64_t seed);

}  // namespace regimetry::features::testing::window_reference
