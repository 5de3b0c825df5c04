#include "features/support/plain_series.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>

#include "features/support/made_bars.hpp"

namespace regimetry::features::testing {

market::Bars bars_with_still_stretches(std::uint64_t seed, std::int64_t count) {
  market::Bars bars = made_bars(count, seed, {.flat_share = 0.1});
  const auto middle = static_cast<std::size_t>(count / 2);
  for (std::size_t i = middle; i < middle + 80; ++i) {
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[middle - 1];
    bars.volume[i] = 0;
  }
  return bars;
}

Plain plain(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

std::vector<double> rounded(const Plain& values) {
  std::vector<double> result;
  for (const long double value : values) result.push_back(static_cast<double>(value));
  return result;
}

Plain plain_each(std::size_t count, const std::function<long double(std::size_t)>& value) {
  return plain_after(0, static_cast<std::int64_t>(count), value);
}

Plain plain_after(std::int64_t warmup, std::int64_t count,
                  const std::function<long double(std::size_t)>& value) {
  Plain result(static_cast<std::size_t>(count), kNothing);
  for (auto i = static_cast<std::size_t>(warmup); i < result.size(); ++i) result[i] = value(i);
  return result;
}

std::vector<double> reference(const market::Bars& bars, std::int64_t warmup,
                              const std::function<long double(std::size_t)>& value) {
  return rounded(plain_after(warmup, bars.size(), value));
}

Plain over_windows(const Plain& x, int n,
                   const std::function<long double(std::span<const long double>)>& of_window) {
  const auto length = static_cast<std::size_t>(n);
  Plain result(x.size(), kNothing);
  for (std::size_t end = length; end <= x.size(); ++end) {
    const std::span values = std::span(x).subspan(end - length, length);
    if (std::ranges::none_of(values, [](long double value) { return std::isnan(value); }))
      result[end - 1] = of_window(values);
  }
  return result;
}

Plain combined(const Plain& a, const Plain& b,
               const std::function<long double(long double, long double)>& of_values) {
  return plain_each(a.size(), [&](std::size_t i) {
    return std::isnan(a[i]) || std::isnan(b[i]) ? kNothing : of_values(a[i], b[i]);
  });
}

Plain operator+(const Plain& a, const Plain& b) {
  return combined(a, b, std::plus<>());
}

Plain operator-(const Plain& a, const Plain& b) {
  return combined(a, b, std::minus<>());
}

Plain operator*(const Plain& a, const Plain& b) {
  return combined(a, b, std::multiplies<>());
}

Plain operator*(long double a, const Plain& b) {
  return plain_each(b.size(), [&](std::size_t i) { return a * b[i]; });
}

Plain plain_ratio(const Plain& a, const Plain& b, long double when_zero) {
  return combined(a, b, [when_zero](long double x, long double y) { return y == 0 ? when_zero : x / y; });
}

Plain plain_distance(const Plain& a, const Plain& b) {
  return combined(a, b, [](long double x, long double y) { return x / y - 1; });
}

Plain plain_size(const Plain& x) {
  return plain_each(x.size(), [&](std::size_t i) { return std::abs(x[i]); });
}

Plain plain_true_range(const market::Bars& bars) {
  return plain_after(1, bars.size(), [&](std::size_t i) {
    const long double high = bars.high[i], low = bars.low[i], before = bars.close[i - 1];
    return std::max({high - low, std::abs(high - before), std::abs(low - before)});
  });
}

Plain plain_lag(const Plain& x, int bars) {
  return plain_after(bars, static_cast<std::int64_t>(x.size()),
                     [&](std::size_t i) { return x[i - static_cast<std::size_t>(bars)]; });
}

Plain plain_change(const Plain& x) {
  return x - plain_lag(x, 1);
}

Plain plain_log_return(const Plain& x, int bars) {
  return combined(x, plain_lag(x, bars), [](long double a, long double b) { return std::log(a / b); });
}

Plain plain_sum(const Plain& x, int n) {
  return over_windows(x, n, [](auto values) { return std::accumulate(values.begin(), values.end(), 0.0L); });
}

Plain plain_mean(const Plain& x, int n) {
  return (1.0L / n) * plain_sum(x, n);
}

Plain plain_variance(const Plain& x, int n) {
  return plain_covariance(x, x, n);
}

Plain plain_deviation(const Plain& x, int n) {
  const Plain variance = plain_variance(x, n);
  return plain_each(x.size(), [&](std::size_t i) { return std::sqrt(variance[i]); });
}

Plain plain_covariance(const Plain& x, const Plain& y, int n) {
  const Plain mean_x = plain_mean(x, n), mean_y = plain_mean(y, n);
  return plain_each(x.size(), [&](std::size_t i) {
    if (std::isnan(mean_x[i] + mean_y[i])) return kNothing;
    // Two values per window decide whether anything varies: equal values have no spread, not a rounding's.
    long double sum = 0;
    bool x_varies = false, y_varies = false;
    for (std::size_t j = i + 1 - static_cast<std::size_t>(n); j <= i; ++j) {
      sum += (x[j] - mean_x[i]) * (y[j] - mean_y[i]);
      x_varies = x_varies || x[j] != x[i];
      y_varies = y_varies || y[j] != y[i];
    }
    return x_varies && y_varies ? sum / n : 0.0L;
  });
}

Plain plain_slope(const Plain& x, int n) {
  return over_windows(x, n, [n](auto values) {
    const long double middle = (n - 1) / 2.0L;
    long double above = 0, below = 0, time = 0;
    for (const long double value : values) {
      above += (time - middle) * value;
      below += (time - middle) * (time - middle);
      time += 1;
    }
    return above / below;
  });
}

Plain plain_highest(const Plain& x, int n) {
  return over_windows(x, n, [](auto values) { return *std::ranges::max_element(values); });
}

Plain plain_lowest(const Plain& x, int n) {
  return over_windows(x, n, [](auto values) { return *std::ranges::min_element(values); });
}

Plain plain_linear_weighted(const Plain& x, int n) {
  return over_windows(x, n, [](auto values) {
    long double sum = 0, weights = 0, weight = 0;
    for (const long double value : values) {
      weight += 1;
      sum += weight * value;
      weights += weight;
    }
    return sum / weights;
  });
}

Plain plain_efficiency(const Plain& x, int n) {
  return over_windows(x, n + 1, [](auto values) {
    long double path = 0;
    for (std::size_t i = 1; i < values.size(); ++i) path += std::abs(values[i] - values[i - 1]);
    return path == 0 ? 0.0L : std::abs(values.back() - values.front()) / path;
  });
}

Plain plain_total(const Plain& x) {
  long double total = 0;
  return plain_each(x.size(), [&](std::size_t i) {
    if (std::isnan(x[i])) return kNothing;
    total += x[i];
    return total;
  });
}

Plain plain_smoothed(const Plain& x, int n, long double weight) {
  Plain result(x.size(), kNothing);
  int known = 0;
  long double sum = 0, average = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) continue;
    ++known;
    sum += x[i];
    average = known <= n ? sum / known : average + weight * (x[i] - average);
    if (known >= n) result[i] = average;
  }
  return result;
}

Plain plain_exponential(const Plain& x, int n) {
  return plain_smoothed(x, n, 2.0L / (n + 1));
}

Plain plain_rsi(const Plain& x, int n) {
  Plain result(x.size(), kNothing);
  const Plain change = plain_change(x);
  long double gain = 0, loss = 0;
  int seen = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(change[i])) continue;
    const long double up = std::max(change[i], 0.0L), down = std::max(-change[i], 0.0L);
    ++seen;
    gain = seen <= n ? gain + up / n : (gain * (n - 1) + up) / n;
    loss = seen <= n ? loss + down / n : (loss * (n - 1) + down) / n;
    if (seen >= n) result[i] = gain + loss == 0 ? 50 : 100 - 100 / (1 + gain / loss);
  }
  return result;
}

Plain window(const Plain& series, std::size_t i, std::size_t n) {
  const auto end = series.begin() + static_cast<std::ptrdiff_t>(i) + 1;
  return {end - static_cast<std::ptrdiff_t>(n), end};
}

Plain window(const std::vector<double>& series, std::size_t i, std::size_t n) {
  const auto end = series.begin() + static_cast<std::ptrdiff_t>(i) + 1;
  return {end - static_cast<std::ptrdiff_t>(n), end};
}

long double sum_of(const Plain& values) {
  return std::accumulate(values.begin(), values.end(), 0.0L);
}

long double mean_of(const Plain& values) {
  return sum_of(values) / static_cast<long double>(values.size());
}

long double central_moment(const Plain& values, int power) {
  const long double mean = mean_of(values);
  long double sum = 0;
  for (const long double x : values) {
    long double factor = 1;
    for (int i = 0; i < power; ++i) factor *= x - mean;
    sum += factor;
  }
  return sum / static_cast<long double>(values.size());
}

long double sample_variance(const Plain& values) {
  const auto n = static_cast<long double>(values.size());
  return central_moment(values, 2) * n / (n - 1);
}

long double root_mean_square(const Plain& values, const std::function<long double(long double)>& part) {
  long double sum = 0;
  for (const long double x : values) sum += part(x) * part(x);
  return std::sqrt(sum / static_cast<long double>(values.size()));
}

}  // namespace regimetry::features::testing
