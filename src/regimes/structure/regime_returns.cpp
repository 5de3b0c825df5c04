#include "regimes/structure/regime_returns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_price(double value) {
  return std::isfinite(value) && value > 0;
}

void measure_moments(std::span<const std::int32_t> labels, std::span<const double> returns,
                     std::vector<RegimeReturns>& regimes) {
  std::vector<double> squares(regimes.size(), 0.0);
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || std::isnan(returns[n])) continue;
    RegimeReturns& one = regimes[static_cast<std::size_t>(labels[n])];
    ++one.count;
    one.mean += returns[n];
  }
  for (RegimeReturns& one : regimes)
    one.mean = one.count > 0 ? one.mean / static_cast<double>(one.count) : kNaN;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || std::isnan(returns[n])) continue;
    const auto k = static_cast<std::size_t>(labels[n]);
    squares[k] += (returns[n] - regimes[k].mean) * (returns[n] - regimes[k].mean);
  }
  for (std::size_t k = 0; k < regimes.size(); ++k) {
    const auto freedom = static_cast<double>(regimes[k].count - 1);
    regimes[k].deviation = freedom > 0 ? std::sqrt(squares[k] / freedom) : kNaN;
  }
}

void annualize(RegimeReturns& one, double bars_per_year) {
  const double bars = bars_per_year > 0 ? bars_per_year : kNaN;
  one.annual_return = one.mean * bars;
  one.annual_volatility = one.deviation * std::sqrt(bars);
  one.sharpe = one.annual_volatility > 0 ? one.annual_return / one.annual_volatility : kNaN;
}

// Deepest fall of the running sum of the returns of each regime below its highest value so far.
void measure_drawdowns(std::span<const std::int32_t> labels, std::span<const double> returns,
                       const IndexRange& sequence, std::vector<RegimeReturns>& regimes) {
  struct Curve {
    double value = 0, highest = 0, deepest = 0;
  };
  std::vector<Curve> curves(regimes.size());
  for (auto n = static_cast<std::size_t>(sequence.begin); n < static_cast<std::size_t>(sequence.end); ++n) {
    if (labels[n] < 0 || std::isnan(returns[n])) continue;
    Curve& curve = curves[static_cast<std::size_t>(labels[n])];
    curve.value += returns[n];
    curve.highest = std::max(curve.highest, curve.value);
    curve.deepest = std::max(curve.deepest, curve.highest - curve.value);
  }
  for (std::size_t k = 0; k < curves.size(); ++k)
    regimes[k].max_drawdown = std::max(regimes[k].max_drawdown, 1 - portable_exp(-curves[k].deepest));
}

void measure_forward(std::span<const std::int32_t> labels, std::span<const double> forward,
                     std::int64_t horizon, std::vector<RegimeReturns>& regimes) {
  for (RegimeReturns& one : regimes) one.forward.push_back({horizon});
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (labels[n] < 0 || std::isnan(forward[n])) continue;
    ForwardReturn& one = regimes[static_cast<std::size_t>(labels[n])].forward.back();
    ++one.count;
    one.mean += forward[n];
    one.mean_absolute += std::abs(forward[n]);
  }
  for (RegimeReturns& regime : regimes) {
    ForwardReturn& one = regime.forward.back();
    const double count = one.count > 0 ? static_cast<double>(one.count) : kNaN;
    one.mean /= count;
    one.mean_absolute /= count;
  }
}

}  // namespace

std::vector<double> returns_to(std::span<const double> close, std::span<const IndexRange> sequences) {
  std::vector<double> returns(close.size(), kNaN);
  for (const IndexRange& sequence : sequences) {
    for (auto n = static_cast<std::size_t>(sequence.begin) + 1; n < static_cast<std::size_t>(sequence.end);
         ++n) {
      if (is_price(close[n]) && is_price(close[n - 1]))
        returns[n] = portable_log_ratio(close[n], close[n - 1]);
    }
  }
  return returns;
}

std::vector<double> forward_returns(std::span<const double> close, std::span<const IndexRange> sequences,
                                    std::int64_t ahead) {
  std::vector<double> returns(close.size(), kNaN);
  for (const IndexRange& sequence : sequences) {
    for (std::int64_t row = sequence.begin; row < sequence.end - ahead; ++row) {
      const auto n = static_cast<std::size_t>(row), later = static_cast<std::size_t>(row + ahead);
      if (is_price(close[n]) && is_price(close[later]))
        returns[n] = portable_log_ratio(close[later], close[n]);
    }
  }
  return returns;
}

std::vector<RegimeReturns> measure_returns(std::span<const std::int32_t> labels,
                                           std::span<const double> close,
                                           std::span<const IndexRange> sequences, int regime_count,
                                           double bars_per_year,
                                           std::span<const std::int64_t> horizons_bars) {
  std::vector<RegimeReturns> regimes(static_cast<std::size_t>(regime_count));
  const std::vector<double> returns = returns_to(close, sequences);
  measure_moments(labels, returns, regimes);
  for (RegimeReturns& one : regimes) annualize(one, bars_per_year);
  for (const IndexRange& sequence : sequences) measure_drawdowns(labels, returns, sequence, regimes);
  for (RegimeReturns& one : regimes)
    if (one.count == 0) one.max_drawdown = kNaN;
  for (const std::int64_t horizon : horizons_bars)
    measure_forward(labels, forward_returns(close, sequences, horizon), horizon, regimes);
  return regimes;
}

}  // namespace regimetry::regimes
