#include "features/textbook_indicators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace regimetry::features::textbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double true_range(const market::Bars& bars, std::size_t i) {
  return std::max({bars.high[i] - bars.low[i], std::abs(bars.high[i] - bars.close[i - 1]),
                   std::abs(bars.low[i] - bars.close[i - 1])});
}

double smoothed(double before, double now, std::size_t n) {
  const auto count = static_cast<double>(n);
  return (before * (count - 1) + now) / count;
}

}  // namespace

void sma(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 20;
  double sum = 0;
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    sum += bars.close[i];
    if (i >= n) sum -= bars.close[i - n];
    out[i] = i + 1 >= n ? sum / static_cast<double>(n) : kNaN;
  }
}

void ema(const market::Bars& bars, Column& out) {
  const double weight = 2.0 / 21;
  double average = bars.close[0];
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    average += weight * (bars.close[i] - average);
    out[i] = average;
  }
}

void dema(const market::Bars& bars, Column& out) {
  const double weight = 2.0 / 21;
  double first = bars.close[0], second = bars.close[0];
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    first += weight * (bars.close[i] - first);
    second += weight * (first - second);
    out[i] = 2 * first - second;
  }
}

void rsi(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 14;
  double gain = 0, loss = 0;
  out[0] = kNaN;
  for (std::size_t i = 1; i < bars.close.size(); ++i) {
    const double change = bars.close[i] - bars.close[i - 1];
    const double up = std::max(change, 0.0), down = std::max(-change, 0.0);
    if (i <= n) {
      gain += up / static_cast<double>(n);
      loss += down / static_cast<double>(n);
    } else {
      gain = smoothed(gain, up, n);
      loss = smoothed(loss, down, n);
    }
    out[i] = i >= n ? 100 - 100 / (1 + gain / loss) : kNaN;
  }
}

void atr(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 14;
  double average = 0;
  out[0] = kNaN;
  for (std::size_t i = 1; i < bars.close.size(); ++i) {
    const double range = true_range(bars, i);
    average = i <= n ? average + range / static_cast<double>(n) : smoothed(average, range, n);
    out[i] = i >= n ? average : kNaN;
  }
}

void bollinger(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 20;
  constexpr auto count = static_cast<double>(n);
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    const double x = bars.close[i];
    sum += x;
    squares += x * x;
    if (i >= n) {
      sum -= bars.close[i - n];
      squares -= bars.close[i - n] * bars.close[i - n];
    }
    const double mean = sum / count;
    const double deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0));
    out[i] = i + 1 >= n ? (x - (mean - 2 * deviation)) / (4 * deviation) : kNaN;
  }
}

void cci(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 20;
  Column typical(bars.close.size());
  for (std::size_t i = 0; i < typical.size(); ++i)
    typical[i] = (bars.high[i] + bars.low[i] + bars.close[i]) / 3;
  for (std::size_t i = 0; i < typical.size(); ++i) {
    out[i] = kNaN;
    if (i + 1 < n) continue;
    double mean = 0, away = 0;
    for (std::size_t k = i + 1 - n; k <= i; ++k) mean += typical[k] / static_cast<double>(n);
    for (std::size_t k = i + 1 - n; k <= i; ++k) away += std::abs(typical[k] - mean) / static_cast<double>(n);
    out[i] = (typical[i] - mean) / (0.015 * away);
  }
}

void adx(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 14;
  constexpr auto count = static_cast<double>(n);
  double range = 0, plus = 0, minus = 0, average = 0;
  out[0] = kNaN;
  for (std::size_t i = 1; i < bars.close.size(); ++i) {
    const double up = bars.high[i] - bars.high[i - 1], down = bars.low[i - 1] - bars.low[i];
    const double fade = i < n ? 1 : (count - 1) / count;
    range = range * fade + true_range(bars, i);
    plus = plus * fade + (up > down && up > 0 ? up : 0);
    minus = minus * fade + (down > up && down > 0 ? down : 0);
    const double plus_di = 100 * plus / range, minus_di = 100 * minus / range;
    const double dx = 100 * std::abs(plus_di - minus_di) / (plus_di + minus_di);
    if (i >= n) average = i < 2 * n ? average + dx / count : smoothed(average, dx, n);
    out[i] = i + 1 >= 2 * n ? average : kNaN;
  }
}

void macd(const market::Bars& bars, Column& out) {
  double fast = bars.close[0], slow = bars.close[0], signal = 0;
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    fast += 2.0 / 13 * (bars.close[i] - fast);
    slow += 2.0 / 27 * (bars.close[i] - slow);
    signal += 2.0 / 10 * (fast - slow - signal);
    out[i] = fast - slow - signal;
  }
}

void stochastic(const market::Bars& bars, Column& out) {
  constexpr std::size_t n = 14;
  double before[2] = {0, 0};
  for (std::size_t i = 0; i < bars.close.size(); ++i) {
    out[i] = kNaN;
    if (i + 1 < n) continue;
    const double high = *std::max_element(bars.high.begin() + static_cast<std::ptrdiff_t>(i + 1 - n),
                                          bars.high.begin() + static_cast<std::ptrdiff_t>(i + 1));
    const double low = *std::min_element(bars.low.begin() + static_cast<std::ptrdiff_t>(i + 1 - n),
                                         bars.low.begin() + static_cast<std::ptrdiff_t>(i + 1));
    const double raw = 100 * (bars.close[i] - low) / (high - low);
    out[i] = (raw + before[0] + before[1]) / 3;
    before[1] = before[0];
    before[0] = raw;
  }
}

}  // namespace regimetry::features::textbook
