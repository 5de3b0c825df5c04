#include "nn/modules/layer_norm.hpp"

#include "nn/kernels/differentiable/fused_layer_norm.hpp"

namespace regimetry::nn {

LayerNormImpl::LayerNormImpl(std::int64_t width, double epsilon) : width_(width), epsilon_(epsilon) {
  reset();
}

void LayerNormImpl::reset() {
  weight = register_parameter("weight", torch::ones({width_}));
  bias = register_parameter("bias", torch::zeros({width_}));
}

torch::Tensor LayerNormImpl::forward(const torch::Tensor& x, const torch::Tensor& residual) {
  // A single column is its own mean. libtorch computes x * a - mean * a with a = 1 / sqrt(epsilon), which
  // leaves a thousand times the rounding error of x where 0 is due.
  return fused_layer_norm(width_ == 1 ? x - x : x, weight, bias, epsilon_, residual);
}

}  // namespace regimetry::nn
