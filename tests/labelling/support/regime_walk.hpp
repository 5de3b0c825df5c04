// A source whose regimes are plain to see: two instruments that stay for 40 rows about one of three levels.
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.hpp"
#include "labelling/regime_source.hpp"

namespace regimetry::labelling {

struct RegimeWalk {
  RegimeSource source;
  std::vector<std::int32_t> truth;  // [N]
  std::vector<double> returns;      // [N], regime 2 is the wildest, 0 the calmest
};

inline RegimeWalk regime_walk(std::int64_t rows_each = 600) {
  constexpr std::int64_t kStay = 40;
  RegimeWalk walk;
  walk.source.path = "walk.npy";
  walk.source.values.resize(2 * rows_each, 3);
  RngStream stream(11);
  for (std::int64_t row = 0; row < 2 * rows_each; ++row) {
    const std::int64_t step = row % rows_each;
    const auto regime = static_cast<std::int32_t>((step / kStay * 2 + row / rows_each) % 3);
    walk.truth.push_back(regime);
    for (int column = 0; column < 3; ++column)
      walk.source.values(row, column) = static_cast<float>((column == regime ? 8.0 : 0.0) + stream.normal());
    walk.returns.push_back((0.005 + 0.01 * regime) * stream.normal());
    walk.source.timestamps.push_back(step * kNsPerDay);
  }
  walk.source.instruments = {{"AAA", {kNsPerDay, 0}, 252, {0, rows_each}},
                             {"BBB", {kNsPerDay, 0}, 252, {rows_each, 2 * rows_each}}};
  walk.source.columns = {"x", "y", "z"};
  walk.source.window_size = 1;
  walk.source.stride = 1;
  return walk;
}

}  // namespace regimetry::labelling
