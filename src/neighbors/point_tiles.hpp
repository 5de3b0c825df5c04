// Points laid out for products: centred, scaled, cut into tiles that stay in a core's cache.
//
// Score:  of query q and point p: |p|^2 / 2 - q p, in float32. It differs from half their squared distance by
//         |q|^2 / 2, so for one query the order is the same.
// Error:  margin() bounds how far a computed score lies from the true one, with the rounding of centred
//         values, of norms and of every step of the product.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"
#include "core/parallel.hpp"
#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::neighbors {

class PointTiles {
 public:
  // Queries to score at once: their scores for a tile stay in a core's second cache.
  static constexpr std::int64_t kRowsPerProduct = 96;

  // `points` [N, D]; `queries` [M, D] only help to choose a scale in which nothing overflows.
  PointTiles(const Eigen::Ref<const MatrixF>& points, const Eigen::Ref<const MatrixF>& queries);

  [[nodiscard]] std::int64_t tile_count() const noexcept {
    return (point_count_ + tile_size_ - 1) / tile_size_;
  }
  // Points per tile; a multiple of 64, so a tile is whole panels and the last is filled up.
  [[nodiscard]] std::int64_t tile_size() const noexcept { return tile_size_; }
  [[nodiscard]] IndexRange points_of(std::int64_t tile) const noexcept;

  // Queries as scores() takes them: centred, scaled and negated.
  struct Queries {
    nn::AlignedVector<float> values;  // [rows, D]
    std::vector<float> norms;         // [rows], rounded up
  };
  [[nodiscard]] Queries prepare(const Eigen::Ref<const MatrixF>& rows) const;
  // out[i * tile_size() + j]: score of prepared query begin + i and point j of the tile; infinity beyond the
  // last point.
  void scores(const Queries& queries, IndexRange rows, std::int64_t tile, float* out) const;
  // How far a score of a query of that norm and a point of the tile may lie from the true one.
  [[nodiscard]] float margin(float query_norm, std::int64_t tile) const noexcept;
  // How far the score of a point of the tile for such a query, made of the query's for the point and both
  // half norms in three steps, may lie from the true one.
  [[nodiscard]] float mutual_margin(float query_norm, std::int64_t tile) const noexcept;
  // |p|^2 / 2 as in the scores.
  [[nodiscard]] float half_norm(std::int64_t point) const noexcept {
    return half_norms_[static_cast<std::size_t>(point)];
  }

 private:
  void pack(const Eigen::Ref<const MatrixF>& points);

  const nn::RowKernels& kernels_;
  std::int64_t point_count_, width_, tile_size_;
  std::vector<double> mean_;         // [D]
  double scale_ = 1;                 // a power of two: the largest centred value becomes less than 1
  nn::AlignedVector<float> panels_;  // [N / panel_columns, D, panel_columns]
  std::vector<float> half_norms_;    // [N], |p|^2 / 2; infinity beyond the last point
  std::vector<float> tile_norms_;    // [tiles], the largest |p|, rounded up
};

}  // namespace regimetry::neighbors
