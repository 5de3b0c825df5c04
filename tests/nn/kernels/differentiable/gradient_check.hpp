// Compares a differentiable function of float32 with libtorch's own in double, values and gradients.
#pragma once

#include <torch/nn.h>

#include <functional>
#include <vector>

namespace regimetry::nn {

using Tensors = std::vector<torch::Tensor>;
using TensorFunction = std::function<torch::Tensor(const Tensors&)>;

// The output and the gradient of sum(output * weights) in each input that wants one (else undefined); the
// weights are drawn from a fixed seed.
struct ValueAndGradients {
  torch::Tensor value;
  Tensors gradients;
};
[[nodiscard]] ValueAndGradients value_and_gradients(const TensorFunction& function, const Tensors& inputs);

// Normals of a fixed seed, with a gradient.
[[nodiscard]] torch::Tensor random_leaf(at::IntArrayRef shape, std::uint64_t seed = 1);

// Expects |ours - reference| <= tolerance * max |reference| for the output and every gradient. Inputs may be
// undefined.
void expect_same_function(const TensorFunction& ours, const TensorFunction& reference, const Tensors& inputs,
                          double tolerance);
// Expects the slope along a random direction, from two values of the function itself.
void expect_slope(const TensorFunction& function, const Tensors& inputs, double step, double tolerance);
// Expects the same bits from 1, 2 and 3 threads.
void expect_same_bits_on_any_thread_count(const TensorFunction& function, const Tensors& inputs);

}  // namespace regimetry::nn
