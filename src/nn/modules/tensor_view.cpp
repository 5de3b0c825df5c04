#include "nn/modules/tensor_view.hpp"

namespace regimetry::nn {

torch::Tensor view_of(std::span<const float> values, const std::vector<std::int64_t>& shape) {
  // from_blob has no form for what may only be read.
  return torch::from_blob(const_cast<float*>(values.data()), shape, torch::kFloat32);
}

std::vector<float> values_of(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  const float* const begin = plain.data_ptr<float>();
  return {begin, begin + plain.numel()};
}

}  // namespace regimetry::nn
