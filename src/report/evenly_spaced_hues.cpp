#include "report/evenly_spaced_hues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace regimetry::report {
namespace {

using Triple = std::array<double, 3>;

constexpr double kFirstHue = 0.01;  // of 1, where seaborn starts

std::string hex(const Triple& rgb) {
  const auto byte = [](double part) {
    return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * 255));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(rgb[0]), byte(rgb[1]), byte(rgb[2]));
}

double hue_of(int i, int count) {
  const double hue = kFirstHue + static_cast<double>(i) / count;
  return hue - std::floor(hue);
}

Triple hls_to_rgb(double hue, double lightness, double saturation) {
  const double chroma = (1 - std::abs(2 * lightness - 1)) * saturation;
  const auto part = [&](double shift) {
    const double sixth = std::fmod(hue * 6 + shift, 6.0);
    return lightness + chroma * (std::clamp(std::abs(sixth - 3) - 1, 0.0, 1.0) - 0.5);
  };
  return {part(0), part(4), part(2)};
}

// sRGB of D65, linear: rows R, G, B over X, Y, Z. Rounded as in the first HUSL, which seaborn uses.
constexpr std::array<Triple, 3> kFromXyz = {
    {{3.2406, -1.5372, -0.4986}, {-0.9689, 1.8758, 0.0415}, {0.0557, -0.2040, 1.0570}}};
constexpr double kWhiteU = 0.19784, kWhiteV = 0.46834;
constexpr double kKappa = 903.3, kEpsilon = 0.008856;  // of CIE 1976 L*

// The largest chroma of this lightness and hue that a screen can show: the nearest of the lines where red,
// green or blue reaches 0 or 1.
double largest_chroma(double lightness, double hue_radians) {
  const double sine = std::sin(hue_radians), cosine = std::cos(hue_radians);
  const double cube = std::pow(lightness + 16, 3) / 1560896;
  const double luminance = cube > kEpsilon ? cube : lightness / kKappa;
  double nearest = std::numeric_limits<double>::infinity();
  for (const Triple& row : kFromXyz) {
    const double top = (0.99915 * row[0] + 1.05122 * row[1] + 1.14460 * row[2]) * luminance;
    const double bottom =
        ((0.86330 * row[2] - 0.17266 * row[1]) * sine + (0.12949 * row[2] - 0.38848 * row[0]) * cosine) *
        luminance;
    for (const double limit : {0.0, 1.0}) {
      const double chroma = lightness * (top - 1.05122 * limit) / (bottom + 0.17266 * sine * limit);
      if (chroma > 0) nearest = std::min(nearest, chroma);
    }
  }
  return nearest;
}

double gamma(double linear) {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

Triple husl_to_rgb(double hue, double lightness, double saturation) {
  const double angle = hue * 2 * std::numbers::pi;
  const double chroma = largest_chroma(lightness, angle) * saturation;
  const double u = chroma * std::cos(angle) / (13 * lightness) + kWhiteU;
  const double v = chroma * std::sin(angle) / (13 * lightness) + kWhiteV;
  const double y = std::pow((lightness + 16) / 116, 3);
  const double x = y * 9 * u / (4 * v);
  const double z = (9 * y - 15 * v * y - v * x) / (3 * v);
  Triple rgb;
  for (std::size_t i = 0; i < 3; ++i)
    rgb[i] = gamma(kFromXyz[i][0] * x + kFromXyz[i][1] * y + kFromXyz[i][2] * z);
  return rgb;
}

}  // namespace

std::vector<std::string> hls_hues(int count) {
  std::vector<std::string> colors;
  for (int i = 0; i < count; ++i) colors.push_back(hex(hls_to_rgb(hue_of(i, count), 0.6, 0.65)));
  return colors;
}

std::vector<std::string> husl_hues(int count) {
  std::vector<std::string> colors;
  // seaborn takes a whole circle for 359 degrees and a whole scale for 99 percent.
  for (int i = 0; i < count; ++i)
    colors.push_back(hex(husl_to_rgb(hue_of(i, count) * 359 / 360, 0.65 * 99, 0.9 * 0.99)));
  return colors;
}

}  // namespace regimetry::report
