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
  // x [..., D] -> [..., D], with `residual` of the same shape added when there is one.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& residual = {});

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, torch::nn::AnyValue(torch::Tensor())})

 public:
  torch::Tensor weight, bias;  // [D] each

 private:
  std::int64_t width_;
  double epsilon_;
};
TORCH_MODULE(LayerNorm);

}  // namespace regimetry::nn
