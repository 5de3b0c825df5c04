#include "nn/sinusoidal_positions.hpp"

#include <cassert>
#include <cmath>

namespace regimetry::nn {
namespace {

double angle_at(std::int64_t position, std::int64_t column, std::int64_t width) {
  const std::int64_t pair = column / 2;
  const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(width);
  return static_cast<double>(position) / std::pow(10000.0, exponent);
}

}  // namespace

std::vector<float> sinusoidal_positions(std::int64_t length, std::int64_t width, bool is_interleaved) {
  assert(is_interleaved || width % 2 == 0);
  std::vector<float> table;
  table.reserve(static_cast<std::size_t>(length * width));
  for (std::int64_t position = 0; position < length; ++position) {
    for (std::int64_t column = 0; column < width; ++column) {
      const bool is_sine = is_interleaved ? column % 2 == 0 : column < width / 2;
      const std::int64_t angle_column = is_interleaved || is_sine ? column : column - width / 2;
      const double angle = angle_at(position, angle_column, width);
      table.push_back(static_cast<float>(is_sine ? std::sin(angle) : std::cos(angle)));
    }
  }
  return table;
}

}  // namespace regimetry::nn
