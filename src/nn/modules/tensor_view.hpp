// Where plain arrays and tensors meet. A view borrows: the array must outlive the tensor.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <vector>

namespace regimetry::nn {

// The array as a tensor of that shape on the CPU, without a copy; only to be read.
[[nodiscard]] torch::Tensor view_of(std::span<const float> values, const std::vector<std::int64_t>& shape);

// The numbers of a tensor of whichever device, layout and precision, row-major.
[[nodiscard]] std::vector<float> values_of(const torch::Tensor& tensor);

}  // namespace regimetry::nn
