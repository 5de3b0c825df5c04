// y = activation(weight x + bias): the one place where modules multiply by a matrix of weights, so that a
// faster product serves all of them.
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/pimpl.h>

#include <cstdint>

#include "nn/modules/activation.hpp"

namespace regimetry::nn {

// x [..., in], weight [out, in], bias [out] -> [..., out]. Differentiable in all three.
[[nodiscard]] torch::Tensor dense(const torch::Tensor& x, const torch::Tensor& weight,
                                  const torch::Tensor& bias, Activation activation = Activation::kNone);

// Begins with zeros; fill it from weights or from a named stream (fill_weights.hpp), so that nothing draws
// from libtorch's process-wide generator.
class DenseImpl : public torch::nn::Cloneable<DenseImpl> {
 public:
  DenseImpl(std::int64_t in, std::int64_t out, Activation activation = Activation::kNone);
  void reset() override;
  // [..., in] -> [..., out]
  torch::Tensor forward(const torch::Tensor& x);

  torch::Tensor weight, bias;  // [out, in], [out]

 private:
  std::int64_t in_, out_;
  Activation activation_;
};
TORCH_MODULE(Dense);

}  // namespace regimetry::nn
