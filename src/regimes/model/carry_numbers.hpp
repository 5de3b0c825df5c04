// The numbers of regimes from one fit to the next of the same run, by the rows that both fits have named.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// The number of each label 0 .. regime_count-1. Each label is matched to at most one number of `earlier`, so
// that most rows keep theirs, however few that are: AsofRefit::agreement says how much it means. Labels that
// share rows with no number left to them take the smallest numbers that are free, so K regimes always have
// the numbers 0 .. K-1 if they had them before. Rows with a negative number in `earlier` are not compared.
[[nodiscard]] std::vector<std::int32_t> carry_numbers(std::span<const std::int32_t> labels, int regime_count,
                                                      std::span<const std::int32_t> earlier);

}  // namespace regimetry::regimes
