#include "regimes/mixture/gaussian_mixture_regimes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/error.hpp"
#include "core/portable_math.hpp"
#include "regimes/fitted_tensors.hpp"
#include "regimes/mixture/component_tensors.hpp"

namespace regimetry::regimes {
namespace {

class OnlineMixture final : public OnlineRegimes {
 public:
  explicit OnlineMixture(const GaussianMixtureRegimes& model)
      : model_(model), probabilities_(static_cast<std::size_t>(model.regime_count())) {}
  Answer push(std::span<const float> row) override {
    const std::int32_t label = model_.assign(row, probabilities_);
    return {label, probabilities_};
  }

 private:
  const GaussianMixtureRegimes& model_;
  std::vector<double> probabilities_;  // [K]
};

}  // namespace

GaussianMixtureRegimes::GaussianMixtureRegimes(GaussianMixtureLaw law)
    : law_(std::move(law)), density_(law_.components) {
  assert(law_.weights.size() == law_.components.count());
  for (int k = 0; k < density_.count(); ++k)
    scales_.push_back(portable_log(law_.weights(k)) + density_.log_scale(k));
}

std::int32_t GaussianMixtureRegimes::assign(std::span<const float> row,
                                            std::span<double> probabilities) const noexcept {
  for (std::size_t k = 0; k < probabilities.size(); ++k)
    probabilities[k] = scales_[k] - 0.5 * density_.distance(static_cast<int>(k), row);
  const auto best = std::max_element(probabilities.begin(), probabilities.end());
  const auto label = static_cast<std::int32_t>(best - probabilities.begin());
  const double greatest = *best;
  double total = 0;
  for (double& value : probabilities) {
    value = portable_exp(value - greatest);
    total += value;
  }
  for (double& value : probabilities) value /= total;
  return label;
}

std::unique_ptr<OnlineRegimes> GaussianMixtureRegimes::start() const {
  return std::make_unique<OnlineMixture>(*this);
}

TensorFile GaussianMixtureRegimes::to_tensors() const {
  TensorFile file;
  add_component_tensors(law_.components, file);
  file.tensors["weights"] = tensor_of(MatrixD(law_.weights.transpose()));
  file.metadata["method"] = method();
  return file;
}

GaussianMixtureRegimes GaussianMixtureRegimes::from_tensors(const TensorFile& file) {
  GaussianMixtureLaw law;
  law.components = read_component_tensors(file);
  const MatrixD weights = require_matrix_d(file, "weights", law.components.count());
  if (weights.rows() != 1)
    throw Error(
        ErrorKind::kData,
        fmt::format("The tensor 'weights' has {} rows; expected 1. Fit again, or copy the file again.",
                    weights.rows()));
  require_chances({weights.data(), static_cast<std::size_t>(weights.size())}, kLeastMixtureWeight, "weights");
  law.weights = weights.row(0).transpose();
  return GaussianMixtureRegimes(std::move(law));
}

}  // namespace regimetry::regimes
