// From the rows of a window to one vector.
//
// x [B, T, D] -> [B, D]. is_valid [B, T]: false for padding, which does not count; undefined: all rows count.
// A window without a valid row is an Error (kData): it has no answer.
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace regimetry::nn {

[[nodiscard]] torch::Tensor pool_mean(const torch::Tensor& x, const torch::Tensor& is_valid = {});
// The newest valid row.
[[nodiscard]] torch::Tensor pool_last(const torch::Tensor& x, const torch::Tensor& is_valid = {});
// Per column.
[[nodiscard]] torch::Tensor pool_max(const torch::Tensor& x, const torch::Tensor& is_valid = {});

// Rows weighted by the softmax of their product with a learned direction, which begins with zeros: the mean.
class AttentionPoolingImpl : public torch::nn::Cloneable<AttentionPoolingImpl> {
 public:
  explicit AttentionPoolingImpl(std::int64_t width);
  void reset() override;
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& is_valid = {});

  torch::Tensor weight;  // [D]

 private:
  std::int64_t width_;
};
TORCH_MODULE(AttentionPooling);

}  // namespace regimetry::nn
