// An encoder block made ready for inference: the same function with fewer operations.
//
// Attention of head h, rows i and j of a window, h_i the input of row i:
//   score(i, j) = (Wq h_i + bq) . (Wk h_j + bk) / sqrt(K)
// What depends on i alone drops out of the softmax over j, so bk does. What remains is left_i . right_j with
//   folded    left_i = Mᵀ h_i + u, right_j = h_j             M = Wqᵀ Wk / sqrt(K), u = Wkᵀ bq / sqrt(K)
//   unfolded  left_i = (Wq h_i + bq) / sqrt(K), right_j = Wk h_j
// The weights of a row sum to 1, so bv can leave the sum over j and join the output's bias:
//   out_i = sum_h sum_j weight_h(i, j) value_h(j) + c        c = bo + Wo bv
//   output rows  value_h(j) = Wo_h Wv_h h_j, D wide: heads simply add up
//   head rows    value_h(j) = Wv_h h_j, K wide; Wo is applied to the sums of all heads
// Folding pays while D (D + L) <= 2 D K + L K. It is done in double and rounded once.
#pragma once

#include <cstdint>

#include "models/regime_encoder/encoder_weights.hpp"
#include "nn/kernels/aligned_vector.hpp"
#include "nn/kernels/packed_matrix.hpp"

namespace regimetry::models {

// Vectors of each head lie side by side, each padded to blocks of 16 columns.
struct HeadLayout {
  std::int64_t heads = 0;
  std::int64_t width = 0;  // of one head
  [[nodiscard]] std::int64_t head_stride() const noexcept { return nn::padded(width); }
  [[nodiscard]] std::int64_t row_stride() const noexcept { return heads * head_stride(); }
};

enum class ValueKind { kOutputRows, kHeadRows };

struct PreparedNorm {
  nn::AlignedVector<float> weight, bias;  // [padded D], zeros beyond D
};

struct PreparedDense {
  nn::PackedMatrix weight;
  nn::AlignedVector<float> bias;  // [padded out]; empty: none
};

struct PreparedBlock {
  bool is_folded = false;
  HeadLayout scores;       // of left and right vectors: D wide when folded, else K
  PreparedDense left;      // D -> scores.row_stride()
  nn::PackedMatrix right;  // the same; empty when folded: right_j is h_j itself

  ValueKind value_kind = ValueKind::kOutputRows;
  HeadLayout values;       // D or K wide
  PreparedDense output;    // head rows: values.row_stride() -> D; output rows: only the bias c
  nn::PackedMatrix value;  // D -> values.row_stride(); empty when output rows are made in two steps
  // Output rows in two steps, for wide inputs: to the heads, then from each head to D.
  nn::PackedMatrix head_value;                 // D -> H * padded K
  std::vector<nn::PackedMatrix> head_outputs;  // of each head, padded K -> D

  PreparedNorm norm1, norm2;
  PreparedDense ffn1, ffn2;
};

struct PrepareOptions {
  // The first block's values are computed once per row and shared by all windows, so that output rows pay
  // off even for wide inputs.
  bool is_first = false;
  bool is_rounded = false;  // to bfloat16
};

[[nodiscard]] PreparedBlock prepare_block(const EncoderBlockWeights& weights,
                                          const RegimeEncoderOptions& options, const PrepareOptions& prepare,
                                          const nn::RowKernels& kernels);

// [padded out] with zeros beyond; and weight [out, in] as the right-hand side [in, out].
[[nodiscard]] nn::AlignedVector<float> padded_vector(const std::vector<float>& values);
[[nodiscard]] PreparedDense prepare_dense(const DenseWeights& dense, bool is_rounded,
                                          const nn::RowKernels& kernels);

}  // namespace regimetry::models
