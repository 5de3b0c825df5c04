#include "regimes/jump/jump_regimes.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "regimes/jump/jump_path.hpp"
#include "regimes/jump/jump_probabilities.hpp"

namespace regimetry::regimes {
namespace {

class OnlineJump final : public OnlineRegimes {
 public:
  explicit OnlineJump(const JumpRegimes& model)
      : model_(model),
        recursion_(model.regime_count(), model.penalty()),
        filter_(model.regime_count(), model.penalty(), model.temperature()),
        losses_(static_cast<std::size_t>(model.regime_count())) {}

  Answer push(std::span<const float> row) override {
    model_.emission().losses_of(row, losses_);
    recursion_.push(losses_);
    filter_.push(losses_);
    return {recursion_.label(), filter_.probabilities()};
  }

 private:
  const JumpRegimes& model_;
  JumpRecursion recursion_;
  JumpFilter filter_;
  std::vector<double> losses_;  // [K]
};

TensorData tensor_of(const double* values, Eigen::Index rows, Eigen::Index columns) {
  return TensorData::from_float64({values, static_cast<std::size_t>(rows * columns)}, {rows, columns});
}

MatrixD matrix_of(const TensorFile& file, const std::string& name) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end())
    throw Error(ErrorKind::kData, fmt::format("a jump model needs the tensor '{}', which is missing", name));
  const TensorData& tensor = found->second;
  if (tensor.type != TensorType::kFloat64 || tensor.shape.size() != 2 || tensor.element_count() == 0)
    throw Error(
        ErrorKind::kData,
        fmt::format("tensor '{}' of a jump model is not a matrix of F64 with rows and columns", name));
  MatrixD matrix(tensor.shape[0], tensor.shape[1]);
  std::memcpy(matrix.data(), tensor.data.data(), tensor.data.size());
  if (!matrix.allFinite())
    throw Error(ErrorKind::kData, fmt::format("tensor '{}' of a jump model holds NaN or infinity", name));
  return matrix;
}

void require(bool holds, const std::string& problem) {
  if (!holds) throw Error(ErrorKind::kData, problem);
}

}  // namespace

std::unique_ptr<OnlineRegimes> JumpRegimes::start() const {
  return std::make_unique<OnlineJump>(*this);
}

TensorFile JumpRegimes::to_tensors() const {
  const double costs[] = {penalty_, temperature_};
  TensorFile file;
  file.tensors["centers"] = tensor_of(emission_.centers.data(), regime_count(), width());
  file.tensors["precisions"] = tensor_of(emission_.precisions.data(), regime_count(), width());
  file.tensors["offsets"] = tensor_of(emission_.offsets.data(), 1, regime_count());
  file.tensors["penalty_and_temperature"] = tensor_of(costs, 1, 2);
  file.metadata["method"] = std::string(method());
  return file;
}

JumpRegimes JumpRegimes::from_tensors(const TensorFile& file) {
  JumpEmission emission{matrix_of(file, "centers"), matrix_of(file, "precisions"), {}};
  const MatrixD offsets = matrix_of(file, "offsets"), costs = matrix_of(file, "penalty_and_temperature");
  const Eigen::Index regimes = emission.centers.rows();
  require(
      emission.precisions.rows() == regimes && emission.precisions.cols() == emission.centers.cols(),
      fmt::format("tensor 'precisions' of a jump model is [{}, {}], 'centers' is [{}, {}]; they must agree",
                  emission.precisions.rows(), emission.precisions.cols(), regimes, emission.centers.cols()));
  require(offsets.rows() == 1 && offsets.cols() == regimes,
          fmt::format("tensor 'offsets' of a jump model must be [1, {}]", regimes));
  require(costs.rows() == 1 && costs.cols() == 2 && costs(0, 0) >= 0 && costs(0, 1) > 0,
          "tensor 'penalty_and_temperature' of a jump model must be [1, 2]: a penalty of at least 0 and a "
          "temperature above 0");
  require(emission.precisions.minCoeff() >= 0, "tensor 'precisions' of a jump model holds negative values");
  emission.offsets = offsets.row(0).transpose();
  return {std::move(emission), costs(0, 0), costs(0, 1)};
}

}  // namespace regimetry::regimes
