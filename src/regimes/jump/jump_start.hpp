// Where the descent of a jump model begins: regimes placed on rows, or stretches of rows, far from each
// other.
#pragma once

#include <vector>

#include "core/rng.hpp"
#include "regimes/jump/jump_emission.hpp"

namespace regimetry::regimes {

// `values` as `samples`. For kSquared one start: centres on rows drawn by k-means++. For kGaussian two, since
// a single row has no spread: on stretches of rows, drawn by k-means++ on their means and log variances,
// which finds regimes that differ in spread; and on the rows that lie nearest to rows drawn by k-means++,
// which finds those that differ in level. Fewer regimes come back when fewer rows (stretches) are distinct.
[[nodiscard]] std::vector<JumpEmission> draw_jump_starts(const Eigen::Ref<const MatrixF>& values,
                                                         const JumpSamples& samples, int regime_count,
                                                         JumpLoss loss, RngStream& stream);

}  // namespace regimetry::regimes
