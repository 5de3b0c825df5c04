// How many rows must lie between two of a sequence until one says nothing of the other.
//
// Why here: features look back over 21, 60 or 252 bars, embeddings over windows of features that do, and
// regimes stay. None of it is written beside the rows, but their autocorrelation tells it.
#pragma once

#include <cstdint>

#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Rows after which the autocorrelation of the slowest column has fallen to a tenth, over all sequences; at
// least 1, at most a quarter of the longest sequence, so that a column that trends leaves rows to compare.
[[nodiscard]] std::int64_t memory_length(const RegimeRows& rows);

}  // namespace regimetry::regimes
