// The regime encoder as its definition reads, in double and in plain loops: what every implementation is held
// against. Written from the text of the definition, with nothing of `src` in it but the arrays of the
// weights: positions, norms, masks and poolings are its own.
//
//   x = projection(window), a zero column after it when stacked waves meet an odd width, plus positions
//   block:           r = norm1(attention(x)) + x;   x = norm2(ffn(r)) + r
//   block, pre-norm: r = attention(norm1(x)) + x;   x = ffn(norm2(r)) + r
//   embedding = pooling of the rows of x
//
// Slow: a window costs some 2 * L * blocks * (4 * D * H * K + 2 * L * H * K + 2 * D * ff) operations, one by
// one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/regime_encoder/encoder_weights.hpp"

namespace regimetry::models {

// The embedding [D] of one `window` [L, F], row-major. `is_valid` [L] marks the rows that count with 1 and
// padding with 0; empty: all count. Padding rows are no keys of the attention and are not pooled; what stands
// in them changes nothing. Throws std::invalid_argument for a wrong size or a window without a valid row.
[[nodiscard]] std::vector<double> define_embedding(const RegimeEncoderWeights& weights,
                                                   std::span<const float> window,
                                                   std::span<const std::uint8_t> is_valid = {});

// The embeddings [N, D] of all windows of `rows` [R, F]: window n is rows n * stride, ..., n * stride + L
// - 1.
[[nodiscard]] std::vector<double> define_embeddings(const RegimeEncoderWeights& weights,
                                                    std::span<const float> rows, std::int64_t stride);

}  // namespace regimetry::models
