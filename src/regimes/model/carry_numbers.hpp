// The numbers of regimes from one fit to the next, by the rows that both fits have named.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// The number of each label 0 .. regime_count-1. Each label is matched to at most one number of `earlier`, so that
// most rows keep theirs, and takes it however few rows they share: the share of rows that agree tells how much
// that means. Labels that share rows with no number left to them get numbers after `highest`, the highest ever
// given, in their order. Rows with a negative number in `earlier` are not compared.
[[nodiscard]] std::vector<std::int32_t> carry_numbers(std::span<const std::int32_t> labels, int regime_count,
                                                      std::span<const std::int32_t> earlier,
                                                      std::int32_t highest);

}  // namespace regimetry::regimes
