// What a dense layer may do to its outputs, number by number.
#pragma once

#include <torch/types.h>

namespace regimetry::nn {

enum class Activation {
  kNone,
  kRelu,
  kGelu,  // the exact one, x * Phi(x), not the one with tanh
};

[[nodiscard]] torch::Tensor activate(const torch::Tensor& x, Activation activation);

}  // namespace regimetry::nn
