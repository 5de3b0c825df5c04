// Multi-head self-attention with its four dense layers: over all rows, over a band of rows, and with a
// penalty on distance, in any combination.
//
// Letters: B batch, T rows, D width, H heads, K head size (independent of D).
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <string>
#include <vector>

#include "nn/modules/attention_pattern.hpp"
#include "nn/modules/dense.hpp"
#include "nn/modules/recency_bias.hpp"

namespace regimetry::nn {

struct MultiHeadAttentionOptions {
  std::int64_t width = 0;  // D, of input and output
  std::int64_t num_heads = 4;
  std::int64_t head_size = 256;  // of queries, keys and values alike
  AttentionPattern pattern = {};
  RecencyPenalty recency = RecencyPenalty::kNone;
  // Share of the softmax's weights set to zero while training.
  double weight_dropout = 0.0;
  [[nodiscard]] std::vector<std::string> problems() const;
};

// Parameters: query.weight [H * K, D] with the heads one after another, query.bias, key.*, value.*,
// output.weight [D, H * K], output.bias, and recency.log_slope [H] when learned. Dense weights begin with
// zeros.
class MultiHeadAttentionImpl : public torch::nn::Cloneable<MultiHeadAttentionImpl> {
 public:
  // Throws Error (kUsage) listing the problems of the options.
  explicit MultiHeadAttentionImpl(const MultiHeadAttentionOptions& options);
  void reset() override;
  // x [B, T, D] -> [B, T, D]. is_valid [B, T]: false for padding, which no row reads; undefined: all count.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& is_valid = {});

  MultiHeadAttentionOptions options;
  Dense query{nullptr}, key{nullptr}, value{nullptr}, output{nullptr};
  RecencyBias recency{nullptr};  // empty without a penalty

 private:
  torch::Tensor split_heads(const torch::Tensor& x_btw) const;
};
TORCH_MODULE(MultiHeadAttention);

}  // namespace regimetry::nn
