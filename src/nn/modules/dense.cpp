#include "nn/modules/dense.hpp"

#include "nn/kernels/differentiable/fused_linear.hpp"

namespace regimetry::nn {

torch::Tensor dense(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                    Activation activation) {
  return fused_linear(x, weight, bias, activation);
}

DenseImpl::DenseImpl(std::int64_t in, std::int64_t out, Activation activation)
    : in_(in), out_(out), activation_(activation) {
  reset();
}

void DenseImpl::reset() {
  weight = register_parameter("weight", torch::zeros({out_, in_}));
  bias = register_parameter("bias", torch::zeros({out_}));
}

torch::Tensor DenseImpl::forward(const torch::Tensor& x) {
  return dense(x, weight, bias, activation_);
}

}  // namespace regimetry::nn
