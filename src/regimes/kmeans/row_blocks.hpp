// Rows laid out so that their distances to one point are computed for many rows at once.
//
// Why: a sum over the columns of one row has an order that a compiler must keep, one addition at a time.
// Across rows there is no such order: 32 sums advance together, each in the order of the columns, so the
// result has the same bits on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matrix.hpp"

namespace regimetry::regimes {

class RowBlocks {
 public:
  static constexpr std::int64_t kRows = 32;  // rows per block

  // Copies `values` [N, D].
  explicit RowBlocks(const Eigen::Ref<const MatrixF>& values);

  [[nodiscard]] std::int64_t row_count() const noexcept { return row_count_; }
  [[nodiscard]] std::int64_t width() const noexcept { return width_; }
  [[nodiscard]] std::int64_t block_count() const noexcept { return (row_count_ + kRows - 1) / kRows; }
  // Rows of `block` that exist; the last block may have fewer than kRows.
  [[nodiscard]] std::int64_t rows_in(std::int64_t block) const noexcept;
  // out[i] = squared distance of row block * kRows + i to `point` [D], a sum over the columns in order, in
  // double. `out` has kRows places; those beyond rows_in(block) mean nothing.
  void squared_distances(std::int64_t block, std::span<const double> point,
                         std::span<double, kRows> out) const noexcept;

 private:
  std::int64_t row_count_ = 0, width_ = 0;
  std::vector<float> values_;  // [blocks, D, kRows], zeros beyond the last row
};

}  // namespace regimetry::regimes
