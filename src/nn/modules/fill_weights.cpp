#include "nn/modules/fill_weights.hpp"

#include <cmath>
#include <vector>

#include "nn/modules/tensor_view.hpp"

namespace regimetry::nn {

void fill_uniform(torch::Tensor& tensor, double limit, RngStream stream) {
  std::vector<float> values(static_cast<std::size_t>(tensor.numel()));
  for (float& value : values) value = static_cast<float>(stream.uniform(-limit, limit));
  const torch::NoGradGuard no_grad;
  tensor.copy_(view_of(values, tensor.sizes().vec()));
}

void fill_glorot(torch::Tensor& weight, std::int64_t in, std::int64_t out, RngStream stream) {
  fill_uniform(weight, std::sqrt(6.0 / static_cast<double>(in + out)), stream);
}

}  // namespace regimetry::nn
