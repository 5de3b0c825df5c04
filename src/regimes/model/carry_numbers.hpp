// The numbers of regimes from one fit to the next, by the rows that both fits have named.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::regimes {

// A regime is one of an earlier run when it has at least this part of the smaller one's rows. From fit to fit
// of one run the best match always counts, with AsofRefit::agreement to say how much it means.
inline constexpr double kSameAsBaseline = 0.5;

// The number of each label 0 .. regime_count-1. Each label is matched to at most one number of `earlier`, so
// that most rows keep theirs, and takes it when the two share at least `minimum_shared` of the rows of the
// smaller one; with 0, however few, for whoever says elsewhere what share of the rows agrees. The other
// labels get numbers after `highest`, the highest ever given, in their order. Rows with a negative number in
// `earlier` are not compared.
[[nodiscard]] std::vector<std::int32_t> carry_numbers(std::span<const std::int32_t> labels, int regime_count,
                                                      std::span<const std::int32_t> earlier,
                                                      std::int32_t highest, double minimum_shared);

}  // namespace regimetry::regimes
