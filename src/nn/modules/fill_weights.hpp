// First values of weights, from named streams: libtorch's own initialisers draw from a generator that the
// whole process shares, so that one more layer would change all later ones.
#pragma once

#include <torch/types.h>

#include <cstdint>

#include "core/rng.hpp"

namespace regimetry::nn {

// Uniform in ±limit, in row-major order of the tensor, whatever its device.
void fill_uniform(torch::Tensor& tensor, double limit, RngStream stream);

// Glorot-uniform for y = weight x: uniform in ±sqrt(6 / (in + out)).
void fill_glorot(torch::Tensor& weight, std::int64_t in, std::int64_t out, RngStream stream);

}  // namespace regimetry::nn
