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

JumpPosterior jump_posterior(const Eigen::Ref<const Eigen::ArrayXXd>& losses, double penalty,
                             double temperature) {
  const Eigen::Index rows = losses.rows(), regimes = losses.cols();
  const auto count = static_cast<std::size_t>(regimes);
  JumpPosterior posterior{MatrixD(rows, regimes), 0};
  MatrixD& forward = posterior.probabilities;
  std::vector<double> row(count);
  const auto push = [&](JumpFilter& filter, Eigen::Index t) {
    for (Eigen::Index k = 0; k < regimes; ++k) row[static_cast<std::size_t>(k)] = losses(t, k);
    filter.push(row);
    return filter.probabilities();
  };
  JumpFilter ahead(static_cast<int>(regimes), penalty, temperature);
  for (Eigen::Index t = 0; t < rows; ++t) {
    const std::span<const double> filtered = push(ahead, t);
    std::copy(filtered.begin(), filtered.end(), forward.row(t).data());
  }
  // Backwards the same recursion holds: rows t + 1 and later weigh the regimes of row t + 1 by `later`, and,
  // a switch or none apart, those of row t.
  JumpFilter back(static_cast<int>(regimes), penalty, temperature);
  const double switch_weight = portable_exp(-penalty / temperature);
  std::vector<double> later(count);
  for (Eigen::Index t = rows - 1; t-- > 0;) {
    const std::span<const double> weights = push(back, t + 1);
    std::copy(weights.begin(), weights.end(), later.begin());
    double same = 0;
    for (std::size_t k = 0; k < count; ++k) same += forward(t, static_cast<Eigen::Index>(k)) * later[k];
    const double other = switch_weight * std::max(0.0, 1 - same);
    posterior.expected_switches += other / (same + other);
    mix(later, switch_weight);
    for (Eigen::Index k = 0; k < regimes; ++k) forward(t, k) *= later[static_cast<std::size_t>(k)];
    normalise({forward.row(t).data(), count});
  }
  return posterior;
}

std::vector<std::int32_t> likeliest_regimes(const MatrixD& probabilities) {
  std::vector<std::int32_t> labels;
  for (Eigen::Index t = 0; t < probabilities.rows(); ++t) {
    Eigen::Index best = 0;
    for (Eigen::Index k = 1; k < probabilities.cols(); ++k)
      if (probabilities(t, k) > probabilities(t, best)) best = k;
    labels.push_back(static_cast<std::int32_t>(best));
  }
  return labels;
}

std::vector<std::int32_t> balanced_regimes(MatrixD probabilities) {
  std::vector<double> shares(static_cast<std::size_t>(probabilities.cols()), 0.0);
  for (Eigen::Index t = 0; t < probabilities.rows(); ++t)
    for (Eigen::Index k = 0; k < probabilities.cols(); ++k)
      shares[static_cast<std::size_t>(k)] += probabilities(t, k);
  for (Eigen::Index k = 0; k < probabilities.cols(); ++k)
    if (shares[static_cast<std::size_t>(k)] > 0) probabilities.col(k) /= shares[static_cast<std::size_t>(k)];
  return likeliest_regimes(probabilities);
}

}  // namespace regimetry::regimes
