// Where t-SNE and UMAP begin: the first two principal components.
#pragma once

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"

namespace regimetry::projection {

// [N, 2] centred coordinates of `rows` along their two principal axes. A coordinate along which nothing
// varies (one column, equal rows) is drawn instead, standard normal from `stream`: descent cannot leave a
// line by itself.
[[nodiscard]] MatrixD initial_map(const Eigen::Ref<const MatrixF>& rows, RngStream stream, ThreadPool& pool);

}  // namespace regimetry::projection
