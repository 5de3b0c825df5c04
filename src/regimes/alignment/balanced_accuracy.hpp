// How well labels recover known regimes, each regime counting the same however rare it is.
#pragma once

#include <cstdint>
#include <span>

namespace regimetry::regimes {

// Mean over the true regimes that occur of the share of their rows that carry the label matched to them. The
// one-to-one match is the best there is for this very mean; a true regime left without a label counts 0.
// Rows where either label is negative (kNoRegime) are left out. 0..1, and 1 when nothing is left. Throws
// Error (kUsage) unless both have the same length.
[[nodiscard]] double matched_balanced_accuracy(std::span<const std::int32_t> labels,
                                               std::span<const std::int32_t> truth);

// The same for labels that already carry the numbers of the truth: no matching.
[[nodiscard]] double balanced_accuracy(std::span<const std::int32_t> labels,
                                       std::span<const std::int32_t> truth);

}  // namespace regimetry::regimes
