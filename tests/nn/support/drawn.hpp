// Tensors and weights for tests, from a stream of their own.
#pragma once

#include <torch/nn/module.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "nn/modules/fill_weights.hpp"

namespace regimetry::nn {

// Uniform in ±limit.
inline torch::Tensor drawn(const std::vector<std::int64_t>& shape, const std::string& name,
                           double limit = 1.0) {
  torch::Tensor tensor = torch::zeros(shape);
  fill_uniform(tensor, limit, Rng(11).stream("test." + name));
  return tensor;
}

// Every parameter uniform in ±limit, so that none is a 0 or 1 that hides a mistake.
inline void draw_parameters(torch::nn::Module& module, double limit = 0.5) {
  for (auto& parameter : module.named_parameters())
    fill_uniform(parameter.value(), limit, Rng(12).stream("test." + parameter.key()));
}

// The largest difference of two tensors of one shape.
inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

}  // namespace regimetry::nn
