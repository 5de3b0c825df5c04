// Labels with the moments and instruments they belong to.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/parallel.hpp"
#include "core/time.hpp"

namespace regimetry::regimes {

// A view; what it points to must outlive it.
struct LabelledRows {
  std::span<const TimestampNs> timestamps;  // [N], increasing within a sequence
  std::span<const std::int32_t> labels;     // [N]; negative (kNoRegime): none
  std::span<const IndexRange> sequences;    // cover 0..N-1 in order
  std::span<const std::string> symbols;     // one per sequence, all different; empty for a lone instrument
};

}  // namespace regimetry::regimes
