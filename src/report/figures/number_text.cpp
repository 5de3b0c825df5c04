#include "report/figures/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace regimetry::report {
namespace {

constexpr double kWidestPlain = 1e8;  // larger values are written with an exponent
constexpr int kMostDecimals = 6;

// Commas between groups of three of the digits before the point.
std::string with_separators(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  std::size_t place = std::min(digits.find('.'), digits.size());
  while (place > begin + 3) {
    place -= 3;
    digits.insert(place, ",");
  }
  return digits;
}

// Decimals until `step` is a whole number of them.
int decimals_of(double step) {
  int decimals = 0;
  while (decimals <= kMostDecimals && std::abs(step - std::round(step)) > 1e-6 * step) {
    step *= 10;
    ++decimals;
  }
  return decimals;
}

}  // namespace

std::string count_text(std::int64_t count) {
  return with_separators(fmt::format("{}", count));
}

std::string percent_text(double share) {
  if (share > 0 && share < 0.0005) return "<0.1 %";
  if (share < 1 && share >= 0.9995) return ">99.9 %";
  return share == 0 || share == 1 ? fmt::format("{:.0f} %", share * 100)
                                  : fmt::format("{:.1f} %", share * 100);
}

std::string tick_text(double value, double step) {
  const int decimals = decimals_of(step);
  if (std::abs(value) >= kWidestPlain || decimals > kMostDecimals) return fmt::format("{:g}", value);
  const bool is_zero = std::abs(value) < step * 1e-9;  // never "-0"
  return with_separators(fmt::format("{:.{}f}", is_zero ? 0.0 : value, decimals));
}

}  // namespace regimetry::report
