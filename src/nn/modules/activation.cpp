#include "nn/modules/activation.hpp"

namespace regimetry::nn {

torch::Tensor activate(const torch::Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::kRelu:
      return torch::relu(x);
    case Activation::kGelu:
      return torch::gelu(x);
    case Activation::kNone:
      break;
  }
  return x;
}

}  // namespace regimetry::nn
