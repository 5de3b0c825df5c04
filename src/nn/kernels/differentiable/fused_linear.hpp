// y = activation(x weightᵀ + bias) for training on a CPU: one product by oneDNN with the rest fused into it,
// and its gradients.
//
// float32 on a CPU only. Everything else - CUDA, other types, a build without oneDNN - is left to libtorch:
// the same function with other rounding. On a CPU values and gradients have the same bits on any number of
// threads.
#pragma once

#include <torch/types.h>

#include "nn/modules/activation.hpp"

namespace regimetry::nn {

enum class ProductPrecision {
  kFloat32,
  // Factors rounded to bfloat16 (8 bits: a relative error of up to 1/256 each), sums in float32; forward and
  // backward. For processors with AMX or AVX-512 bfloat16, where it is up to twice as fast; elsewhere right
  // but no faster. Keeps half the memory for the backward pass.
  kBfloat16,
};

// x [..., in], weight [out, in], bias [out] or undefined -> [..., out]. Differentiable once in x, weight and
// bias.
[[nodiscard]] torch::Tensor fused_linear(const torch::Tensor& x, const torch::Tensor& weight,
                                         const torch::Tensor& bias = {},
                                         Activation activation = Activation::kNone,
                                         ProductPrecision precision = ProductPrecision::kFloat32);

}  // namespace regimetry::nn
