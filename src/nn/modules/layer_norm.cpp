#include "nn/modules/layer_norm.hpp"

namespace regimetry::nn {

LayerNormImpl::LayerNormImpl(std::int64_t width, double epsilon) : width_(width), epsilon_(epsilon) {
  reset();
}

void LayerNormImpl::reset() {
  weight = register_parameter("weight", torch::ones({width_}));
  bias = register_parameter("bias", torch::zeros({width_}));
}

torch::Tensor LayerNormImpl::forward(const torch::Tensor& x) {
  return torch::layer_norm(x, {width_}, weight, bias, epsilon_);
}

}  // namespace regimetry::nn
