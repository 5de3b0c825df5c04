// Labels from spectral coordinates without chance: the rows that a pivoted QR picks stand for the groups
// (Damle, Minden and Ying 2019; scikit-learn's assign_labels="cluster_qr").
#pragma once

#include <cstdint>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

// `coordinates` [N, K] -> labels [N], each of 0..K-1, not all of which need occur. N >= K.
[[nodiscard]] std::vector<std::int32_t> pivoted_qr_labels(const Eigen::Ref<const MatrixF>& coordinates);

}  // namespace regimetry::regimes
