// Attention of the first block, computed once per row and shared by all windows that hold the row.
//
// There the input of row i is h_i = y_i + p_i: y_i, the projected features, belongs to the row of the table
// and p_i to the place in the window. Left and right vectors (prepared_block.hpp) are linear, so
//   score(i, j) = (left(y_i) + left(p_i)) . (right(y_j) + right(p_j))
// has four terms: one per pair of rows less than a window apart, one per row and place, one per place and
// row, one per pair of places. None depends on the window. The same holds for value(y_j) + value(p_j).
//
// Letters: R rows of a stretch of the table, L places, D, H; E the width of left and right vectors.
#pragma once

#include <cstdint>

#include "models/regime_encoder/multiplier.hpp"
#include "models/regime_encoder/prepared_block.hpp"
#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/row_kernels.hpp"

namespace regimetry::models {

class FirstAttention {
 public:
  // What is known of each row of a stretch. Memory is kept from stretch to stretch.
  struct RowTables {
    nn::AlignedVector<float> left, right;    // [R, H * padded E]; right is empty when folded
    nn::AlignedVector<float> right_columns;  // transposed, between margins: [heads of right][padded E, ...]
    nn::AlignedVector<float> value;          // [R, value_stride()]
    nn::AlignedVector<float> head_value;     // [R, H * padded K], a step on the way
    nn::AlignedVector<float> pair_scores;    // [H][R, band]: row r against rows r - L + 1 .. r + L - 1
    nn::AlignedVector<float> place_scores;   // [H][R, padded L]: row r against place j
    nn::AlignedVector<float> row_scores;     // [H][L, row_columns]: place i against row r
    std::int64_t row_count = 0;              // R
    std::int64_t row_columns = 0;            // from one line of right_columns and row_scores to the next
  };

  // `positions` is [L, padded_width], padded_width being padded D. `block` must outlive this.
  FirstAttention(const PreparedBlock& block, const nn::AlignedVector<float>& positions,
                 std::int64_t window_size, std::int64_t padded_width, const nn::RowKernels& kernels);

  // Floats that the tables take per row: stretches are chosen so that they stay in the cache.
  [[nodiscard]] std::int64_t floats_per_row() const noexcept;
  // `y` is [R + 3, padded D]; the three rows after the last are read, not used.
  void fill(RowTables& tables, const float* y, std::int64_t row_count, Multiplier& multiplier) const;

  // Weights over the window's rows j < L of `head`, for places begin..end-1 of the window that starts at row
  // `first_row`: out [end - begin, padded L].
  void weigh(const RowTables& tables, std::int64_t first_row, std::int64_t head, std::int64_t begin,
             std::int64_t end, bool looks_back_only, float* out) const;
  // The values of a window's rows: out [L, value_stride()].
  void gather_values(const RowTables& tables, std::int64_t first_row, float* out) const;
  [[nodiscard]] std::int64_t value_stride() const noexcept;

 private:
  [[nodiscard]] std::int64_t right_heads() const noexcept {
    return block_.is_folded ? 1 : block_.scores.heads;
  }
  [[nodiscard]] std::int64_t band() const noexcept;
  void score_places(const nn::AlignedVector<float>& positions, Multiplier& multiplier);
  void fill_values(const float* y, std::int64_t rows, nn::AlignedVector<float>& head_value,
                   nn::AlignedVector<float>& value, Multiplier& multiplier) const;
  void fill_scores(RowTables& tables, std::int64_t row_count) const;

  const PreparedBlock& block_;
  std::int64_t length_, width_;
  const nn::RowKernels& kernels_;
  nn::AlignedVector<float> place_left_;           // [L, H * padded E], biases included
  nn::AlignedVector<float> place_right_columns_;  // [heads of right][padded E, padded L]
  nn::AlignedVector<float> place_value_;          // [L, value_stride()]
  nn::AlignedVector<float> place_pair_scores_;    // [H][L, padded L]
};

}  // namespace regimetry::models
