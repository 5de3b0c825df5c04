#include "features/support/plain_series.hpp"

#include <algorithm>
#include <cstddef>
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

Plain over_windows(const Plain& x, int n,
                   const std::function<long double(std::span<const long double>)>& of_window) {
  const auto length = static_cast<std::size_t>(n);
  Plain result(x.size(), kNothing);
  for (std::size_t end = length; end <= x.size(); ++end) {
    const std::span window = std::span(x).subspan(end - length, length);
    if (std::ranges::none_of(window, [](long double value) { return std::isnan(value); }))
      result[end - 1] = of_window(window);
  }
  return result;
}

Plain combined(const Plain& a, const Plain& b,
               const std::function<long double(long double, long double)>& of_values) {
  Plain result(a.size(), kNothing);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isnan(a[i]) && !std::isnan(b[i])) result[i] = of_values(a[i], b[i]);
  }
  return result;
}

Plain plain_lag(const Plain& x, int bars) {
  return over_windows(x, bars + 1, [](auto window) { return window.front(); });
}

Plain plain_sum(const Plain& x, int n) {
  return over_windows(x, n, [](auto window) { return std::accumulate(window.begin(), window.end(), 0.0L); });
}

Plain plain_mean(const Plain& x, int n) {
  return over_windows(x, n,
                      [n](auto window) { return std::accumulate(window.begin(), window.end(), 0.0L) / n; });
}

Plain plain_deviation(const Plain& x, int n) {
  return over_windows(x, n, [n](auto window) {
    const long double mean = std::accumulate(window.begin(), window.end(), 0.0L) / n;
    long double squares = 0;
    for (const long double value : window) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / n);
  });
}

Plain plain_highest(const Plain& x, int n) {
  return over_windows(x, n, [](auto window) { return *std::ranges::max_element(window); });
}

Plain plain_lowest(const Plain& x, int n) {
  return over_windows(x, n, [](auto window) { return *std::ranges::min_element(window); });
}

Plain plain_linear_weighted(const Plain& x, int n) {
  return over_windows(x, n, [](auto window) {
    long double sum = 0, weights = 0, weight = 0;
    for (const long double value : window) {
      weight += 1;
      sum += weight * value;
      weights += weight;
    }
    return sum / weights;
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

Plain plain_true_range(const market::Bars& bars) {
  Plain result(bars.close.size(), kNothing);
  for (std::size_t i = 1; i < result.size(); ++i) {
    const long double high = bars.high[i], low = bars.low[i], before = bars.close[i - 1];
    result[i] = std::max({high - low, std::abs(high - before), std::abs(low - before)});
  }
  return result;
}

Plain plain_efficiency(const Plain& x, int n) {
  return over_windows(x, n + 1, [](auto window) {
    long double path = 0;
    for (std::size_t i = 1; i < window.size(); ++i) path += std::abs(window[i] - window[i - 1]);
    return path == 0 ? 0.0L : std::abs(window.back() - window.front()) / path;
  });
}

Plain plain_distance(const Plain& a, const Plain& b) {
  return combined(a, b, [](long double x, long double y) { return x / y - 1; });
}

}  // namespace regimetry::features::testing
