// Layer norm over the last axis with the residual added in the same pass, for training on a CPU.
//
// Why not libtorch's: its gradients of weight and bias depend on the number of threads. float32 on a CPU
// only; everything else is left to libtorch.
#pragma once

#include <torch/types.h>

namespace regimetry::nn {

// (x - mean) / sqrt(variance + epsilon) * weight + bias + residual, variance with divisor D.
// x [..., D], weight and bias [D], residual as x or undefined -> [..., D]. Differentiable once in all four.
[[nodiscard]] torch::Tensor fused_layer_norm(const torch::Tensor& x, const torch::Tensor& weight,
                                             const torch::Tensor& bias, double epsilon,
                                             const torch::Tensor& residual = {});

}  // namespace regimetry::nn
