// Stretches of bars with one regime, cut down to what can be seen, and their drawing as bands of colour.
//
// Why: a hundred thousand bars on a thousand columns would make a file of megabytes that shows nothing more.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "report/figures/canvas.hpp"

namespace regimetry::report {

struct RegimeBand {
  double begin = 0, end = 0;  // in bars: bar i reaches from i to i + 1
  std::int32_t id = 0;        // never negative: bars without a regime are in no band
};

// In order of time. With more bars than `most_columns`, time is cut into that many equal columns, and each
// takes the regime (or none) that most of its bars have; the smallest number when several do.
[[nodiscard]] std::vector<RegimeBand> regime_bands(std::span<const std::int32_t> ids,
                                                   std::int64_t most_columns);

// Bands over `box`, whose width is `bar_count` bars; `color` by regime.
void draw_bands(Canvas& canvas, std::span<const RegimeBand> bands, std::int64_t bar_count, const Box& box,
                const std::function<Color(std::int32_t)>& color);

}  // namespace regimetry::report
