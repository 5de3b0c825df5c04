#include "regimes/hidden_markov/hidden_markov_regimes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "regimes/fitted_tensors.hpp"
#include "regimes/hidden_markov/emission.hpp"
#include "regimes/hidden_markov/forward_backward.hpp"
#include "regimes/hidden_markov/student_dof.hpp"
#include "regimes/mixture/component_tensors.hpp"

namespace regimetry::regimes {
namespace {

class OnlineHiddenMarkov final : public OnlineRegimes {
 public:
  explicit OnlineHiddenMarkov(const HiddenMarkovLaw& law)
      : law_(law),
        emission_(law),
        state_(static_cast<std::size_t>(law.regime_count())),
        next_(state_.size()),
        emissions_(state_.size()) {}

  Answer push(std::span<const float> row) override {
    emission_.log_densities_of(row, emissions_);
    predict();
    // Relative to the greatest, as in ForwardBackward: the sum is at least kLeastChance.
    const double greatest = *std::max_element(emissions_.begin(), emissions_.end());
    double total = 0;
    for (std::size_t k = 0; k < state_.size(); ++k) {
      next_[k] *= portable_exp(emissions_[k] - greatest);
      total += next_[k];
    }
    for (std::size_t k = 0; k < state_.size(); ++k) state_[k] = next_[k] / total;
    const auto label = std::max_element(state_.begin(), state_.end()) - state_.begin();
    return {static_cast<std::int32_t>(label), state_};
  }

 private:
  // next_ = chances of this row's regime given earlier rows.
  void predict() {
    for (std::size_t k = 0; k < state_.size(); ++k) {
      const auto to = static_cast<Eigen::Index>(k);
      double sum = is_first_ ? law_.initial(to) : 0;
      for (std::size_t j = 0; !is_first_ && j < state_.size(); ++j)
        sum += state_[j] * law_.transition(static_cast<Eigen::Index>(j), to);
      next_[k] = sum;
    }
    is_first_ = false;
  }

  const HiddenMarkovLaw& law_;
  Emission emission_;
  bool is_first_ = true;
  std::vector<double> state_, next_, emissions_;  // [K]
};

void require_row_count(const MatrixD& matrix, std::int64_t rows, std::string_view tensor) {
  if (matrix.rows() != rows)
    throw Error(ErrorKind::kData,
                fmt::format("The tensor '{}' has {} rows; expected {}. Fit again, or copy the file again.",
                            tensor, matrix.rows(), rows));
}

std::span<const double> row_of(const MatrixD& matrix, Eigen::Index row) {
  return {matrix.row(row).data(), static_cast<std::size_t>(matrix.cols())};
}

std::vector<double> read_student_dof(const TensorFile& file, int regime_count) {
  const MatrixD dof = require_matrix_d(file, "student_dof", regime_count);
  require_row_count(dof, 1, "student_dof");
  if (dof.minCoeff() < kLeastStudentDof || dof.maxCoeff() > kMostStudentDof)
    throw Error(ErrorKind::kData, fmt::format("The tensor 'student_dof' holds degrees of freedom outside "
                                              "{} to {}. Fit again, or copy the file again.",
                                              kLeastStudentDof, kMostStudentDof));
  return {dof.data(), dof.data() + dof.size()};
}

}  // namespace

HiddenMarkovRegimes::HiddenMarkovRegimes(HiddenMarkovLaw law) : law_(std::move(law)) {
  assert(law_.regime_count() >= 1 && law_.regime_count() <= kMostHiddenRegimes);
}

std::unique_ptr<OnlineRegimes> HiddenMarkovRegimes::start() const {
  return std::make_unique<OnlineHiddenMarkov>(law_);
}

TensorFile HiddenMarkovRegimes::to_tensors() const {
  TensorFile file;
  add_component_tensors(law_.components, file);
  file.tensors["initial"] = tensor_of(MatrixD(law_.initial.transpose()));
  file.tensors["transition"] = tensor_of(law_.transition);
  if (!law_.student_dof.empty())
    file.tensors["student_dof"] =
        TensorData::from_float64(law_.student_dof, {1, static_cast<std::int64_t>(regime_count())});
  file.metadata["method"] = method();
  return file;
}

HiddenMarkovRegimes HiddenMarkovRegimes::from_tensors(const TensorFile& file) {
  HiddenMarkovLaw law;
  law.components = read_component_tensors(file);
  const int count = law.regime_count();
  if (count > kMostHiddenRegimes)
    throw Error(ErrorKind::kData, fmt::format("The tensor 'means' has {} regimes; at most {} are possible.",
                                              count, kMostHiddenRegimes));
  const MatrixD initial = require_matrix_d(file, "initial", count);
  require_row_count(initial, 1, "initial");
  require_chances(row_of(initial, 0), kLeastChance, "initial");
  law.initial = initial.row(0).transpose();
  law.transition = require_matrix_d(file, "transition", count);
  require_row_count(law.transition, count, "transition");
  for (Eigen::Index j = 0; j < count; ++j)
    require_chances(row_of(law.transition, j), kLeastChance, "transition");
  if (file.tensors.contains("student_dof")) law.student_dof = read_student_dof(file, count);
  return HiddenMarkovRegimes(std::move(law));
}

}  // namespace regimetry::regimes
