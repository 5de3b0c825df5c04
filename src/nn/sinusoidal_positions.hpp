// Fixed waves that tell a network where in its window a row stands.
//
// Column i has the angle pos / 10000^(2 floor(i / 2) / D), so neighbours share one. Interleaved: the sine at
// even columns, the cosine at odd ones. Stacked: the sines of the first D / 2 columns' angles, then the
// cosines of the same angles; it keeps the faster half of the waves, each twice.
#pragma once

#include <cstdint>
#include <vector>

namespace regimetry::nn {

// [length, width] row-major. Stacked needs an even width. Computed in double and rounded once.
[[nodiscard]] std::vector<float> sinusoidal_positions(std::int64_t length, std::int64_t width,
                                                      bool is_interleaved);

}  // namespace regimetry::nn
