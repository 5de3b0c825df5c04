#include "regimes/structure/python_number.hpp"

#include <fmt/format.h>

#include <cmath>

namespace regimetry::regimes {

double round_to_3(double value) noexcept {
  return std::nearbyint(value * 1000) / 1000;
}

std::string python_number(double value) {
  if (std::isnan(value)) return {};
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".ein") == std::string::npos) text += ".0";
  return text;
}

}  // namespace regimetry::regimes
