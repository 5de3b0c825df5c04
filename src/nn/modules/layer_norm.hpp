// Layer norm over the last axis: (x - mean) / sqrt(variance + epsilon) * weight + bias, variance with
// divisor D.
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

namespace regimetry::nn {

class LayerNormImpl : public torch::nn::Cloneable<LayerNormImpl> {
 public:
  LayerNormImpl(std::int64_t width, double epsilon);
  void reset() override;
  // [..., D] -> [..., D]
  torch::Tensor forward(const torch::Tensor& x);

  torch::Tensor weight, bias;  // [D] each

 private:
  std::int64_t width_;
  double epsilon_;
};
TORCH_MODULE(LayerNorm);

}  // namespace regimetry::nn
