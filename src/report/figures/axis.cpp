#include "report/figures/axis.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "report/figures/number_text.hpp"

namespace regimetry::report {
namespace {

constexpr double kRoom = 0.05;  // beyond the values, of their range, on either side
constexpr int kFewestTicks = 3;

// The smallest of 1, 2, 5, 10, ... times a power of ten that is no smaller than `least`.
double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::vector<Tick> linear_ticks(double low, double high, int most) {
  const double step = round_step((high - low) / most);
  std::vector<Tick> ticks;
  for (double n = std::ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n += 1)
    ticks.push_back({n * step, tick_text(n * step, step)});
  // Both ends may be marks, one more than there are steps.
  return static_cast<int>(ticks.size()) <= most ? ticks : linear_ticks(low, high, most - 1);
}

// The given multiples of every n-th power of ten.
std::vector<Tick> power_ticks(const ValueScale& scale, std::initializer_list<double> factors, int every) {
  std::vector<Tick> ticks;
  const int first = static_cast<int>(std::floor(std::log10(scale.low)));
  for (int power = first; std::pow(10.0, power) <= scale.high; ++power) {
    if (power % every != 0) continue;
    for (const double factor : factors) {
      const double value = factor * std::pow(10.0, power);
      if (value >= scale.low && value <= scale.high)
        ticks.push_back({value, tick_text(value, std::pow(10.0, power))});
    }
  }
  return ticks;
}

std::vector<Tick> log_ticks(const ValueScale& scale, int most) {
  std::vector<Tick> ticks = power_ticks(scale, {1, 2, 5}, 1);
  if (static_cast<int>(ticks.size()) > most) ticks = power_ticks(scale, {1, 3}, 1);
  for (int every = 1; static_cast<int>(ticks.size()) > most; ++every) ticks = power_ticks(scale, {1}, every);
  return static_cast<int>(ticks.size()) < kFewestTicks ? linear_ticks(scale.low, scale.high, most) : ticks;
}

}  // namespace

double ValueScale::place(double value) const {
  return is_logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

ValueScale scale_around(double low, double high) {
  if (low > 0 && high > kLogRatio * low) {
    const double room = std::pow(high / low, kRoom);
    return {low / room, high * room, true};
  }
  // A flat series still gets a range, of a width that suits its level.
  const double room = high > low ? kRoom * (high - low) : std::max(std::abs(low) * kRoom, 1e-6);
  return {low - room, high + room, false};
}

std::vector<Tick> ticks_of(const ValueScale& scale, int most) {
  return scale.is_logarithmic ? log_ticks(scale, most) : linear_ticks(scale.low, scale.high, most);
}

}  // namespace regimetry::report
