// Plain references for the tests of the catalogue: a value per bar straight from a definition, in long
// double, with a loop over the window on every bar.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "market/bars.hpp"

namespace regimetry::features::testing {

using LongSeries = std::vector<long double>;  // NaN where there is no value

// value(i) for every bar from `warmup` on, missing before.
template <typename Value>
[[nodiscard]] LongSeries long_series(std::int64_t count, std::int64_t warmup, Value value) {
  LongSeries series;
  for (std::int64_t i = 0; i < count; ++i)
    series.push_back(i < warmup ? std::numeric_limits<long double>::quiet_NaN()
                                : static_cast<long double>(value(static_cast<std::size_t>(i))));
  return series;
}

template <typename Value>
[[nodiscard]] std::vector<double> reference(const market::Bars& bars, std::int64_t warmup, Value value) {
  const LongSeries series = long_series(bars.size(), warmup, value);
  return {series.begin(), series.end()};
}

[[nodiscard]] inline LongSeries log_returns(const std::vector<double>& prices, std::size_t bars = 1) {
  return long_series(
      static_cast<std::int64_t>(prices.size()), static_cast<std::int64_t>(bars), [&](std::size_t i) {
        return std::log(static_cast<long double>(prices[i]) / static_cast<long double>(prices[i - bars]));
      });
}

// The last n values up to i, oldest first.
template <typename Number>
[[nodiscard]] LongSeries window(const std::vector<Number>& series, std::size_t i, std::size_t n) {
  const auto end = series.begin() + static_cast<std::ptrdiff_t>(i) + 1;
  return {end - static_cast<std::ptrdiff_t>(n), end};
}

[[nodiscard]] inline long double sum_of(const LongSeries& values) {
  long double sum = 0;
  for (const long double x : values) sum += x;
  return sum;
}

[[nodiscard]] inline long double mean_of(const LongSeries& values) {
  return sum_of(values) / static_cast<long double>(values.size());
}

// Mean of (x - mean)^power.
[[nodiscard]] inline long double central_moment(const LongSeries& values, int power) {
  const long double mean = mean_of(values);
  long double sum = 0;
  for (const long double x : values) {
    long double product = 1;
    for (int i = 0; i < power; ++i) product *= x - mean;
    sum += product;
  }
  return sum / static_cast<long double>(values.size());
}

// Divided by n - 1.
[[nodiscard]] inline long double sample_variance(const LongSeries& values) {
  const auto n = static_cast<long double>(values.size());
  return central_moment(values, 2) * n / (n - 1);
}

// sqrt(mean of part(x)^2)
template <typename Part>
[[nodiscard]] long double root_mean_square(const LongSeries& values, Part part) {
  long double sum = 0;
  for (const long double x : values) sum += part(x) * part(x);
  return std::sqrt(sum / static_cast<long double>(values.size()));
}

}  // namespace regimetry::features::testing
