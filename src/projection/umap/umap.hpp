// UMAP: a map of the neighbourhood graph (McInnes, Healy and Melville 2018).
//
// Shows:  who is whose neighbour, and more of how groups hang together than t-SNE. Shows not: distances
//         between groups, densities.
// Like:   umap-learn: the same graph, curve, spectral start, schedule and steps; but within an epoch points
//         see each other where the epoch began (umap/layout.hpp), and a graph in several parts starts from
//         the principal components.
// Same:   bit-identical for any thread count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/matrix.hpp"
#include "core/observer.hpp"
#include "core/parallel.hpp"
#include "core/rng.hpp"
#include "projection/map_points.hpp"
#include "projection/umap/distance_curve.hpp"

namespace regimetry::projection {

struct UmapOptions {
  // Size of a neighbourhood, the row itself included. Larger values show coarser structure and cost more.
  // Lowered, with a note, where there are fewer rows.
  std::int64_t neighbor_count = 15;
  // How near neighbours may come on the map. Larger values spread dense groups out.
  double min_dist = 0.1;
  // The scale of the map: `min_dist` is a part of it.
  double spread = 1;
  // Passes of the descent. Absent: 500 up to 10,000 rows, 200 above.
  std::optional<std::int64_t> epochs = std::nullopt;
  // Step length of the first epoch.
  double learning_rate = 1;
  // Points that push a point away, for each that pulls it.
  int negative_count = 5;

  // Every problem, in words for the user; empty when the options are usable.
  [[nodiscard]] std::vector<std::string> problems() const;
};

// A fitted map, which places new rows.
class UmapMap {
 public:
  // Learns the map of `rows` [N, D], finite, N >= 1. Draws from the stream "projection.umap". Throws Error:
  // kUsage for unusable options, kData for unusable rows.
  UmapMap(const Eigen::Ref<const MatrixF>& rows, const UmapOptions& options, const Rng& rng, ThreadPool& pool,
          Observer& observer);

  [[nodiscard]] const MatrixF& coordinates() const { return coordinates_; }      // [N, 2]
  [[nodiscard]] std::int64_t neighbor_count() const { return neighbor_count_; }  // the one used
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  // new_rows [M, D] -> [M, 2]: each among its neighbours of the fit, then moved by a few epochs with all
  // points of the fit in place. Throws Error (kUsage) when the width is another one.
  [[nodiscard]] MatrixF transform(const Eigen::Ref<const MatrixF>& new_rows, ThreadPool& pool) const;

 private:
  UmapOptions options_;
  Rng rng_;
  DistanceCurve curve_;
  MatrixF rows_, coordinates_;
  std::int64_t neighbor_count_ = 0;
  std::vector<std::string> notes_;
};

}  // namespace regimetry::projection
