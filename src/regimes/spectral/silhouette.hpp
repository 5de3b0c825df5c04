// How clearly labelled rows lie in groups (Rousseeuw 1987): for each row the mean distance to its own group
// against that to the nearest other.
#pragma once

#include <cstdint>
#include <span>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::regimes {

// The mean over rows of (b - a) / max(a, b), from -1 (in the wrong groups) to 1 (in groups far apart); a:
// mean distance to the other rows of the group, b: least mean distance to the rows of another. A row alone in
// its group counts 0; fewer than two groups give 0. Of more than `most_rows` rows as many are read, evenly
// spaced, and the others play no part: the work grows with the square.
[[nodiscard]] double mean_silhouette(const Eigen::Ref<const MatrixF>& values,
                                     std::span<const std::int32_t> labels, std::int64_t most_rows,
                                     ThreadPool& pool);

}  // namespace regimetry::regimes
