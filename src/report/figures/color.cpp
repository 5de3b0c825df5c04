#include "report/figures/color.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace regimetry::report {
namespace {

double hex_part(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value / 255.0;
}

Color mix(const Color& a, const Color& b, double share_of_b) {
  const auto between = [&](double x, double y) { return x + share_of_b * (y - x); };
  return {between(a.red, b.red), between(a.green, b.green), between(a.blue, b.blue)};
}

}  // namespace

Color color_of(std::string_view hex) {
  assert(hex.size() == 7 && hex[0] == '#');
  return {hex_part(hex.substr(1, 2)), hex_part(hex.substr(3, 2)), hex_part(hex.substr(5, 2))};
}

Color tint(const Color& color, double share) {
  return mix({1, 1, 1}, color, share);
}

Color blue_shade(double position) {
  static constexpr std::array<std::string_view, 9> kBlues = {
      "#ffffff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"};
  const double place = std::clamp(position, 0.0, 1.0) * (kBlues.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), kBlues.size() - 2);
  return mix(color_of(kBlues[below]), color_of(kBlues[below + 1]), place - static_cast<double>(below));
}

bool is_dark(const Color& color) {
  return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue < 0.55;
}

}  // namespace regimetry::report
