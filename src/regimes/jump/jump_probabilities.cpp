#include "regimes/jump/jump_probabilities.hpp"

#include <algorithm>

#include "core/portable_math.hpp"

namespace regimetry::regimes {
namespace {

// p_k <- p_k + w * (sum of the others), scaled to sum 1: one switch or none.
void mix(std::span<double> p, double switch_weight) noexcept {
  double sum = 0;
  for (const double value : p) sum += value;
  const double scale = 1 / (sum * (1 + switch_weight * static_cast<double>(p.size() - 1)));
  for (double& value : p) value = (value + switch_weight * (sum - value)) * scale;
}

void normalise(std::span<double> p) noexcept {
  double sum = 0;
  for (const double value : p) sum += value;
  for (double& value : p) value /= sum;
}

}  // namespace

JumpFilter::JumpFilter(int regime_count, double penalty, double temperature)
    : switch_weight_(portable_exp(-penalty / temperature)),
      inverse_temperature_(1 / temperature),
      probabilities_(static_cast<std::size_t>(regime_count), 1.0 / regime_count) {}

void JumpFilter::push(std::span<const double> losses) noexcept {
  // At least a trace everywhere, so that no regime is lost for good where a switch has weight 0.
  constexpr double kTrace = 1e-200;
  mix(probabilities_, switch_weight_);
  const double least = *std::min_element(losses.begin(), losses.end());
  for (std::size_t k = 0; k < losses.size(); ++k)
    probabilities_[k] =
        std::max(probabilities_[k] * portable_exp((least - losses[k]) * inverse_temperature_), kTrace);
  normalise(probabilities_);
}

MatrixD jump_probabilities(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
                           double temperature) {
  const Eigen::Index rows = losses.rows(), regimes = losses.cols();
  const auto count = static_cast<std::size_t>(regimes);
  MatrixD forward(rows, regimes);
  JumpFilter filter(static_cast<int>(regimes), penalty, temperature);
  std::vector<double> row(count);
  for (Eigen::Index t = 0; t < rows; ++t) {
    for (Eigen::Index k = 0; k < regimes; ++k) row[static_cast<std::size_t>(k)] = losses(t, k);
    filter.push(row);
    std::copy(filter.probabilities().begin(), filter.probabilities().end(), forward.row(t).data());
  }
  // Backwards the same recursion holds: what comes after row t weighs each regime by `later`.
  JumpFilter backward(static_cast<int>(regimes), penalty, temperature);
  const double switch_weight = portable_exp(-penalty / temperature);
  std::vector<double> later(count);
  for (Eigen::Index t = rows - 1; t-- > 0;) {
    for (Eigen::Index k = 0; k < regimes; ++k) row[static_cast<std::size_t>(k)] = losses(t + 1, k);
    backward.push(row);
    std::copy(backward.probabilities().begin(), backward.probabilities().end(), later.begin());
    mix(later, switch_weight);
    for (Eigen::Index k = 0; k < regimes; ++k) forward(t, k) *= later[static_cast<std::size_t>(k)];
    normalise({forward.row(t).data(), count});
  }
  return forward;
}

}  // namespace regimetry::regimes
