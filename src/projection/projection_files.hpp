// `<method>_coords.npy` and `<method>_coords.csv`: a map as others draw it.
//
// The .npy holds [N, 2] float32. The .csv has a line per point: timestamp (ISO 8601, UTC), symbol where the
// points belong to several instruments, x, y, and Cluster_ID where there are labels. Numbers are the shortest
// decimals that give the same float32 back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/matrix.hpp"
#include "core/time.hpp"

namespace regimetry::projection {

// What is known of the points, one entry each; views.
struct PointFacts {
  std::span<const TimestampNs> timestamps;
  std::span<const std::string> symbols;       // empty: a single instrument, no such column
  std::span<const std::int32_t> cluster_ids;  // empty: no such column
};

// Writes both files into `folder`, which must exist; `method` is "tsne", "umap" or "pca". Throws Error
// (kUsage) when lengths differ.
void write_projection(const std::filesystem::path& folder, std::string_view method,
                      const Eigen::Ref<const MatrixF>& coordinates, const PointFacts& facts);

}  // namespace regimetry::projection
