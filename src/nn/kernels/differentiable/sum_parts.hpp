// Sums kept per chunk, added in the order of the chunks.
#pragma once

#include <cstdint>

namespace regimetry::nn {

// total[i] += parts[0][i] + parts[1][i] + ... for i < width, part after part; parts [part_count, width].
inline void add_parts(const float* parts, std::int64_t part_count, std::int64_t width, std::int64_t begin,
                      std::int64_t end, float* total) {
  for (std::int64_t part = 0; part < part_count; ++part) {
    const float* const values = parts + part * width;
    for (std::int64_t i = begin; i < end; ++i) total[i] += values[i];
  }
}

}  // namespace regimetry::nn
