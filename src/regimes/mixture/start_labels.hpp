// Where expectation maximisation begins: a first label for every row.
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.hpp"
#include "regimes/kmeans/row_blocks.hpp"
#include "regimes/regime_rows.hpp"

namespace regimetry::regimes {

// Each row by the nearest of `count` rows drawn by k-means++: regimes that differ in level.
[[nodiscard]] std::vector<std::int32_t> labels_from_rows(const Eigen::Ref<const MatrixF>& values,
                                                         const RowBlocks& blocks, int count,
                                                         RngStream& stream);

// Sequences cut into stretches of `stretch_length` rows (the last of a sequence may be shorter), each by the
// nearest of `count` stretches drawn by k-means++ on their means and half log variances, every one in units
// of its spread over the stretches: regimes that differ in spread too. Fewer labels occur when fewer
// stretches are distinct.
[[nodiscard]] std::vector<std::int32_t> labels_from_stretches(const RegimeRows& rows,
                                                              std::int64_t stretch_length, int count,
                                                              RngStream& stream);

}  // namespace regimetry::regimes
