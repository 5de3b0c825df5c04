// Reads back what FittedRegimes::to_tensors() wrote, and refuses what it cannot have written.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/matrix.hpp"
#include "core/safetensors.hpp"

namespace regimetry::regimes {

// The tensor called `tensor` as a matrix: two axes, at least one row, `columns` columns (-1: any number, at
// least one), finite. float64 for require_matrix_d, float32 for require_matrix_f. Throws Error (kData).
[[nodiscard]] MatrixD require_matrix_d(const TensorFile& file, std::string_view tensor, std::int64_t columns);
[[nodiscard]] MatrixF require_matrix_f(const TensorFile& file, std::string_view tensor, std::int64_t columns);
// The float32 tensor of one axis, maybe empty, finite. Throws Error (kData).
[[nodiscard]] std::vector<float> require_list_f(const TensorFile& file, std::string_view tensor);
// The only element of a float64 tensor of one axis and one element, finite. Throws Error (kData).
[[nodiscard]] double require_number(const TensorFile& file, std::string_view tensor);

[[nodiscard]] TensorData tensor_of(const MatrixD& matrix);
[[nodiscard]] TensorData tensor_of(const MatrixF& matrix);
[[nodiscard]] TensorData tensor_of(double number);

}  // namespace regimetry::regimes
