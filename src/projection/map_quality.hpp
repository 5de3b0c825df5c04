// How far the neighbours on a map can be believed.
//
// Exact: ranks are counted from direct distances of the rows, ties by the smaller index; the cost grows with
// rows^2 * width, so larger sets are judged by an even sample of rows, each against all others.
#pragma once

#include <cstdint>

#include "core/matrix.hpp"
#include "core/parallel.hpp"

namespace regimetry::projection {

struct MapQualityOptions {
  // Neighbours looked at, k. Must be below half the number of rows.
  std::int64_t neighbor_count = 15;
  // Above so many rows, every n-th row is judged, with the smallest n that keeps to it.
  std::int64_t most_rows = 10'000;
};

struct MapQuality {
  // 1 when no k-nearest neighbour on the map is a stranger; falls with the ranks that strangers have among
  // the rows, near 0.5 for a random map. scikit-learn's definition (Venna and Kaski 2001).
  double trustworthiness = 0;
  // Share of the k nearest rows that are among the k nearest on the map; k / (N - 1) for a random map.
  double neighborhood_preservation = 0;
  std::int64_t neighbor_count = 0, rows_judged = 0;
};

// `rows` [N, D] and their `map` [N, 2], finite. Throws Error (kUsage) unless 1 <= k < N / 2 and both have N
// rows.
[[nodiscard]] MapQuality map_quality(const Eigen::Ref<const MatrixF>& rows,
                                     const Eigen::Ref<const MatrixF>& map, const MapQualityOptions& options,
                                     ThreadPool& pool);

}  // namespace regimetry::projection
