// Labels that golden_structure.py makes too.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace regimetry::regimes {

// A Markov chain of four regimes: 0 is left seldom, 3 often, 2 leads to 3 only.
inline std::vector<std::int32_t> sticky_labels(std::int64_t count, std::int64_t seed) {
  constexpr std::array<std::int64_t, 4> kLeaveInHundred{5, 12, 20, 60};
  std::vector<std::int32_t> labels;
  std::int64_t state = seed;
  std::int32_t label = 0;
  for (std::int64_t n = 0; n < count; ++n) {
    labels.push_back(label);
    state = state * 48271 % 2147483647;
    const std::int64_t draw = state / 65536 % 100;
    if (draw >= kLeaveInHundred[static_cast<std::size_t>(label)]) continue;
    label = label == 2 ? 3 : static_cast<std::int32_t>((label + 1 + draw % 3) % 4);
  }
  return labels;
}

}  // namespace regimetry::regimes
