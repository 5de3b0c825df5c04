// How well two labellings of the same rows agree, whatever their numbers (Hubert and Arabie 1985).
#pragma once

#include <cstdint>
#include <span>

namespace regimetry::regimes {

// 1: the same groups; about 0: as chance would have it; below 0: worse than chance. Rows where either label
// is negative (kNoRegime) are left out; 1 when nothing is left or both have a single group. Pairs are counted
// in whole numbers. Throws Error (kUsage) unless both have the same length.
[[nodiscard]] double adjusted_rand_index(std::span<const std::int32_t> first,
                                         std::span<const std::int32_t> second);

}  // namespace regimetry::regimes
