// Where the descent of a jump model begins: regimes placed on rows, or stretches of rows, far from each
// other.
#pragma once

#include "core/rng.hpp"
#include "regimes/jump/jump_emission.hpp"

namespace regimetry::regimes {

// `values` as `samples`. For kSquared the centres are rows drawn by k-means++; for kGaussian whole stretches
// of rows, drawn by k-means++ on their means and log variances, since a single row has no spread. Fewer
// regimes come back when fewer rows (stretches) are distinct.
[[nodiscard]] JumpEmission draw_jump_start(const Eigen::Ref<const MatrixF>& values,
                                           const JumpSamples& samples, int regime_count, JumpLoss loss,
                                           RngStream& stream);

}  // namespace regimetry::regimes
