#include "regimes/fitted_tensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <string>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

const TensorData& require_tensor(const TensorFile& file, std::string_view tensor, TensorType type,
                                 std::size_t axes) {
  const auto found = file.tensors.find(std::string(tensor));
  if (found == file.tensors.end())
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' is missing, so this is not a whole fitted model. Fit again, or "
                            "copy the file again.",
                            tensor));
  const TensorData& data = found->second;
  if (data.type != type || data.shape.size() != axes)
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' is {} with {} axes; a fitted model has {} with {} there. Fit "
                            "again, or copy the file again.",
                            tensor, type_name(data.type), data.shape.size(), type_name(type), axes));
  return data;
}

template <class Matrix>
Matrix require_matrix(const TensorFile& file, std::string_view tensor, TensorType type,
                      std::int64_t columns) {
  const TensorData& data = require_tensor(file, tensor, type, 2);
  if (data.shape[0] < 1 || data.shape[1] < 1 || (columns >= 0 && data.shape[1] != columns))
    throw Error(
        ErrorKind::kData,
        fmt::format("The tensor '{}' has {} rows of {} values; expected at least one row of {}.", tensor,
                    data.shape[0], data.shape[1], columns < 0 ? "at least one" : std::to_string(columns)));
  Matrix matrix(data.shape[0], data.shape[1]);
  assert(data.data.size() == static_cast<std::size_t>(matrix.size()) * sizeof(*matrix.data()));
  std::memcpy(matrix.data(), data.data.data(), data.data.size());
  if (!matrix.allFinite())
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' holds a value that is not a finite number.", tensor));
  return matrix;
}

}  // namespace

MatrixD require_matrix_d(const TensorFile& file, std::string_view tensor, std::int64_t columns) {
  return require_matrix<MatrixD>(file, tensor, TensorType::kFloat64, columns);
}

MatrixF require_matrix_f(const TensorFile& file, std::string_view tensor, std::int64_t columns) {
  return require_matrix<MatrixF>(file, tensor, TensorType::kFloat32, columns);
}

std::vector<float> require_list_f(const TensorFile& file, std::string_view tensor) {
  std::vector<float> values = require_tensor(file, tensor, TensorType::kFloat32, 1).as_float32();
  if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' holds a value that is not a finite number.", tensor));
  return values;
}

double require_number(const TensorFile& file, std::string_view tensor) {
  const TensorData& data = require_tensor(file, tensor, TensorType::kFloat64, 1);
  double number = 0;
  if (data.data.size() == sizeof(number)) std::memcpy(&number, data.data.data(), sizeof(number));
  if (data.data.size() != sizeof(number) || !std::isfinite(number))
    throw Error(ErrorKind::kData, fmt::format("The tensor '{}' must hold one finite number.", tensor));
  return number;
}

TensorData tensor_of(const MatrixD& matrix) {
  return TensorData::from_float64({matrix.data(), static_cast<std::size_t>(matrix.size())},
                                  {matrix.rows(), matrix.cols()});
}

TensorData tensor_of(const MatrixF& matrix) {
  return TensorData::from_float32({matrix.data(), static_cast<std::size_t>(matrix.size())},
                                  {matrix.rows(), matrix.cols()});
}

TensorData tensor_of(double number) {
  return TensorData::from_float64({&number, 1}, {1});
}

}  // namespace regimetry::regimes
