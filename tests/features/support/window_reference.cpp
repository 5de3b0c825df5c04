#include "features/support/window_reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/made_bars.hpp"

namespace regimetry::features::testing::window_reference {
namespace {

constexpr long double kMissing = std::numeric_limits<long double>::quiet_NaN();

// fold(first, last) of every full window without a missing value.
Plain over_windows(const Plain& x, int bars,
                   const std::function<long double(Plain::const_iterator, Plain::const_iterator)>& fold) {
  return plain_each(x.size(), [&](std::size_t i) {
    const auto n = static_cast<std::ptrdiff_t>(bars);
    const auto last = x.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    if (last - x.begin() < n) return kMissing;
    if (std::any_of(last - n, last, [](long double v) { return std::isnan(v); })) return kMissing;
    return fold(last - n, last);
  });
}

Plain zip(const Plain& a, const Plain& b, const std::function<long double(long double, long double)>& f) {
  return plain_each(a.size(), [&](std::size_t i) { return f(a[i], b[i]); });
}

}  // namespace

Plain plain(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

std::vector<double> to_double(const Plain& values) {
  std::vector<double> result;
  for (const long double value : values) result.push_back(static_cast<double>(value));
  return result;
}

Plain plain_each(std::size_t count, const std::function<long double(std::size_t)>& value) {
  Plain result(count);
  for (std::size_t i = 0; i < count; ++i) result[i] = value(i);
  return result;
}

Plain plain_lag(const Plain& x, int bars) {
  const auto n = static_cast<std::size_t>(bars);
  return plain_each(x.size(), [&](std::size_t i) { return i < n ? kMissing : x[i - n]; });
}

Plain plain_change(const Plain& x) {
  return x - plain_lag(x, 1);
}

Plain plain_log_return(const Plain& x, int bars) {
  return zip(x, plain_lag(x, bars), [](long double a, long double b) { return std::log(a / b); });
}

Plain plain_sum(const Plain& x, int bars) {
  return over_windows(x, bars, [](auto first, auto last) {
    long double sum = 0;
    for (; first != last; ++first) sum += *first;
    return sum;
  });
}

Plain plain_mean(const Plain& x, int bars) {
  return (1.0L / bars) * plain_sum(x, bars);
}

Plain plain_maximum(const Plain& x, int bars) {
  return over_windows(x, bars, [](auto first, auto last) { return *std::max_element(first, last); });
}

Plain plain_minimum(const Plain& x, int bars) {
  return over_windows(x, bars, [](auto first, auto last) { return *std::min_element(first, last); });
}

Plain plain_variance(const Plain& x, int bars) {
  return plain_covariance(x, x, bars);
}

Plain plain_covariance(const Plain& x, const Plain& y, int bars) {
  const Plain mean_x = plain_mean(x, bars), mean_y = plain_mean(y, bars);
  return plain_each(x.size(), [&](std::size_t i) {
    if (std::isnan(mean_x[i] + mean_y[i])) return kMissing;
    // Two values per window decide whether anything varies: equal values have no spread, not a rounding's.
    long double sum = 0;
    bool x_varies = false, y_varies = false;
    for (std::size_t j = i + 1 - static_cast<std::size_t>(bars); j <= i; ++j) {
      sum += (x[j] - mean_x[i]) * (y[j] - mean_y[i]);
      x_varies = x_varies || x[j] != x[i];
      y_varies = y_varies || y[j] != y[i];
    }
    return x_varies && y_varies ? sum / bars : 0.0L;
  });
}

Plain plain_slope(const Plain& x, int bars) {
  return over_windows(x, bars, [bars](auto first, auto last) {
    const long double middle = (bars - 1) / 2.0L;
    long double above = 0, below = 0, time = 0;
    for (; first != last; ++first, time += 1) {
      above += (time - middle) * *first;
      below += (time - middle) * (time - middle);
    }
    return above / below;
  });
}

Plain plain_ema(const Plain& x, int bars) {
  Plain result(x.size(), kMissing);
  long double sum = 0, average = 0;
  int seen = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) continue;
    sum += x[i];
    ++seen;
    average = seen <= bars ? sum / bars : average + 2.0L / (bars + 1) * (x[i] - average);
    if (seen >= bars) result[i] = average;
  }
  return result;
}

Plain plain_rsi(const Plain& x, int bars) {
  Plain result(x.size(), kMissing);
  const Plain change = plain_change(x);
  long double gain = 0, loss = 0;
  int seen = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(change[i])) continue;
    const long double up = std::max(change[i], 0.0L), down = std::max(-change[i], 0.0L);
    ++seen;
    gain = seen <= bars ? gain + up / bars : (gain * (bars - 1) + up) / bars;
    loss = seen <= bars ? loss + down / bars : (loss * (bars - 1) + down) / bars;
    if (seen >= bars) result[i] = gain + loss == 0 ? 50 : 100 - 100 / (1 + gain / loss);
  }
  return result;
}

Plain plain_total(const Plain& x) {
  long double total = 0;
  return plain_each(x.size(), [&](std::size_t i) {
    if (std::isnan(x[i])) return kMissing;
    total += x[i];
    return total;
  });
}

Plain operator+(const Plain& a, const Plain& b) {
  return zip(a, b, std::plus<>());
}

Plain operator-(const Plain& a, const Plain& b) {
  return zip(a, b, std::minus<>());
}

Plain operator*(const Plain& a, const Plain& b) {
  return zip(a, b, std::multiplies<>());
}

Plain operator*(long double a, const Plain& b) {
  return plain_each(b.size(), [&](std::size_t i) { return a * b[i]; });
}

Plain plain_ratio(const Plain& a, const Plain& b, long double when_zero) {
  return zip(a, b, [when_zero](long double x, long double y) {
    return y == 0 && !std::isnan(x) ? when_zero : x / y;
  });
}

Plain plain_size(const Plain& x) {
  return plain_each(x.size(), [&](std::size_t i) { return std::abs(x[i]); });
}

market::Bars bars_with_still_stretches(std::int64_t count, std::uint64_t seed) {
  market::Bars bars = made_bars(count, seed, {.flat_share = 0.1});
  const auto middle = static_cast<std::size_t>(count / 2);
  for (std::size_t i = middle; i < middle + 70; ++i) {
    bars.open[i] = bars.high[i] = bars.low[i] = bars.close[i] = bars.close[middle - 1];
    bars.volume[i] = 0;
  }
  return bars;
}

}  // namespace regimetry::features::testing::window_reference
