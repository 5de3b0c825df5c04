// Points spread over a square, for tests.
#pragma once

#include "core/rng.hpp"
#include "projection/map_points.hpp"

namespace regimetry::projection {

inline MapPoints random_map(std::size_t count, std::uint64_t key, double extent = 20) {
  RngStream stream(key);
  MapPoints map(count);
  for (std::size_t i = 0; i < count; ++i) {
    map.x[i] = static_cast<float>(stream.uniform(-extent, extent));
    map.y[i] = static_cast<float>(stream.uniform(-extent, extent));
  }
  return map;
}

}  // namespace regimetry::projection
