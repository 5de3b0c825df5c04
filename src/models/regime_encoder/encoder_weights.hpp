// The numbers of a regime encoder, as plain arrays: what is on disk, what a module copies in and out, what
// the rows engine folds. Free of any tensor library, so that inference needs none.
//
// Layout: matrices are [out, in], row-major. Queries, keys and values are [H * K, D], heads one after
// another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "models/regime_encoder/encoder_options.hpp"

namespace regimetry::models {

// A matrix or vector with its shape; values.size() is the product of the shape.
struct WeightArray {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
  bool operator==(const WeightArray&) const = default;
};

// y = weight x + bias.
struct DenseWeights {
  WeightArray weight, bias;  // [out, in], [out]
  bool operator==(const DenseWeights&) const = default;
};

// y = (x - mean) / sqrt(variance + kNormEpsilon) * weight + bias, variance with divisor D.
struct NormWeights {
  WeightArray weight, bias;  // [D] each
  bool operator==(const NormWeights&) const = default;
};

struct AttentionWeights {
  DenseWeights query, key, value;  // [H * K, D]
  DenseWeights output;             // [D, H * K]
  bool operator==(const AttentionWeights&) const = default;
};

struct EncoderBlockWeights {
  AttentionWeights attention;
  NormWeights norm1, norm2;
  DenseWeights ffn1, ffn2;  // [ff_dim, D], [D, ff_dim]
  bool operator==(const EncoderBlockWeights&) const = default;
};

struct RegimeEncoderWeights {
  RegimeEncoderOptions options;
  DenseWeights projection;  // [unpadded width, F]; empty without a projection
  WeightArray position;     // [L, D]; empty unless learnable
  std::vector<EncoderBlockWeights> blocks;
  WeightArray pooling;  // [D], the direction that attention pooling scores rows along; else empty
  bool operator==(const RegimeEncoderWeights&) const = default;
};

// All arrays in their shapes, without values: little memory however wide the encoder, so that options which a
// stranger wrote can be judged first. Throws Error (kUsage) listing the problems of the options.
[[nodiscard]] RegimeEncoderWeights shaped_weights(const RegimeEncoderOptions& options);

// The same, filled with zeros.
[[nodiscard]] RegimeEncoderWeights zero_weights(const RegimeEncoderOptions& options);

// Fresh weights: matrices Glorot-uniform, biases 0, norms 1 and 0, learnable positions uniform in ±0.05, the
// pooling direction Glorot-uniform as a matrix [1, D]. The array called NAME draws from the stream
// "encoder.NAME", so a further block changes no other.
[[nodiscard]] RegimeEncoderWeights initial_weights(const RegimeEncoderOptions& options, const Rng& rng);

// Calls visit(name, array) for every array that the options ask for, in a fixed order:
// "projection.weight", "projection.bias", "position.weight", "blocks.0.attention.query.weight", ...,
// "pooling.weight". `weights` may be const.
template <class Weights, class Visit>
void visit_weights(Weights& weights, Visit visit) {
  const auto visit_pair = [&](const std::string& name, auto& pair) {
    visit(name + ".weight", pair.weight);
    visit(name + ".bias", pair.bias);
  };
  if (weights.options.has_projection()) visit_pair("projection", weights.projection);
  if (weights.options.encoding_method == EncodingMethod::kLearnable)
    visit("position.weight", weights.position);
  for (std::size_t i = 0; i < weights.blocks.size(); ++i) {
    const std::string block = "blocks." + std::to_string(i) + ".";
    auto& one = weights.blocks[i];
    visit_pair(block + "attention.query", one.attention.query);
    visit_pair(block + "attention.key", one.attention.key);
    visit_pair(block + "attention.value", one.attention.value);
    visit_pair(block + "attention.output", one.attention.output);
    visit_pair(block + "norm1", one.norm1);
    visit_pair(block + "ffn1", one.ffn1);
    visit_pair(block + "ffn2", one.ffn2);
    visit_pair(block + "norm2", one.norm2);
  }
  if (weights.options.pooling == Pooling::kAttention) visit("pooling.weight", weights.pooling);
}

// Trainable numbers.
[[nodiscard]] std::int64_t parameter_count(const RegimeEncoderWeights& weights);

// [L, D]: the learned vectors, or the waves of the options.
[[nodiscard]] WeightArray position_table(const RegimeEncoderWeights& weights);

}  // namespace regimetry::models
