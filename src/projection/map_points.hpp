// Points of a map as two plain columns: what inner loops want.
#pragma once

#include <cstddef>
#include <vector>

namespace regimetry::projection {

struct MapPoints {
  std::vector<float> x, y;
  MapPoints() = default;
  explicit MapPoints(std::size_t count) : x(count, 0.0F), y(count, 0.0F) {}
  [[nodiscard]] std::size_t size() const { return x.size(); }
};

// Inner loops run over this many elements in lanes of their own and add the lanes in one fixed order, so that
// sums have the same bits whatever registers the processor has.
inline constexpr std::size_t kLanes = 16;

[[nodiscard]] inline float sum_lanes(const float* lanes) {
  float half[kLanes / 2];
  for (std::size_t l = 0; l < kLanes / 2; ++l) half[l] = lanes[l] + lanes[l + kLanes / 2];
  for (std::size_t l = 0; l < kLanes / 4; ++l) half[l] += half[l + kLanes / 4];
  return (half[0] + half[2]) + (half[1] + half[3]);
}

}  // namespace regimetry::projection
