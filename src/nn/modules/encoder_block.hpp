// One block of a Transformer encoder: attention, then two pointwise layers, each with its norm, its dropout
// and the rows added back.
//
//   norm after (default):  r = norm1(drop(attention(x))) + x;   y = norm2(ffn2(drop(ffn1(r)))) + r
//   norm before:           r = drop(attention(norm1(x))) + x;   y = ffn2(drop(ffn1(norm2(r)))) + r
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <string>
#include <vector>

#include "nn/modules/activation.hpp"
#include "nn/modules/dense.hpp"
#include "nn/modules/layer_norm.hpp"
#include "nn/modules/multi_head_attention.hpp"

namespace regimetry::nn {

struct EncoderBlockOptions {
  MultiHeadAttentionOptions attention = {};  // its width is the block's
  std::int64_t ff_dim = 128;                 // between the two pointwise layers
  Activation activation = Activation::kRelu;
  // Share of values set to zero while training. Draws from libtorch's generator, so a training run that must
  // repeat seeds that generator too.
  double dropout = 0.1;
  bool pre_norm = false;
  double norm_epsilon = 1e-6;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Parameters: attention.*, norm1.{weight,bias}, ffn1.*, ffn2.*, norm2.*.
class EncoderBlockImpl : public torch::nn::Cloneable<EncoderBlockImpl> {
 public:
  // Throws Error (kUsage) listing the problems of the options.
  explicit EncoderBlockImpl(const EncoderBlockOptions& options);
  void reset() override;
  // x [B, T, D] -> [B, T, D]. is_valid [B, T]: false for padding; undefined: all rows count. The rows of
  // padding hold something finite that means nothing.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& is_valid = {});

  EncoderBlockOptions options;
  MultiHeadAttention attention{nullptr};
  LayerNorm norm1{nullptr}, norm2{nullptr};
  Dense ffn1{nullptr}, ffn2{nullptr};

 private:
  torch::Tensor drop(const torch::Tensor& x) const;
  torch::Tensor pointwise(const torch::Tensor& x);
};
TORCH_MODULE(EncoderBlock);

}  // namespace regimetry::nn
