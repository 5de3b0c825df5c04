#include "regimes/mixture/mixture_iterations.hpp"

#include <algorithm>
#include <array>

#include "core/portable_math.hpp"
#include "regimes/mixture/density_block.hpp"
#include "regimes/mixture/update_components.hpp"

namespace regimetry::regimes {
namespace {

constexpr std::int64_t kBlock = RowColumns::kBlock;

// Makes densities [K, count] shares of their row's sum; returns the sum over rows of its log.
double divide_by_totals(std::span<double> densities, std::int64_t count, int component_count) {
  std::array<double, kBlock> totals{};
  for (int k = 0; k < component_count; ++k) {
    const double* mine = densities.data() + k * count;
    for (std::int64_t row = 0; row < count; ++row) totals[static_cast<std::size_t>(row)] += mine[row];
  }
  for (int k = 0; k < component_count; ++k) {
    double* mine = densities.data() + k * count;
    for (std::int64_t row = 0; row < count; ++row) mine[row] /= totals[static_cast<std::size_t>(row)];
  }
  const std::span<double> used(totals.data(), static_cast<std::size_t>(count));
  portable_log(used, used);
  double sum = 0;
  for (const double value : used) sum += value;
  return sum;
}

void update_weights(const std::vector<double>& owned, Eigen::VectorXd& weights) {
  double total = 0;
  for (std::size_t k = 0; k < owned.size(); ++k) {
    weights(static_cast<Eigen::Index>(k)) = std::max(owned[k], 1e-9);
    total += weights(static_cast<Eigen::Index>(k));
  }
  for (Eigen::Index k = 0; k < weights.size(); ++k)
    weights(k) = std::max(weights(k) / total, kLeastMixtureWeight);
}

std::vector<double> column_sums(const std::vector<double>& values, int column_count) {
  std::vector<double> sums(static_cast<std::size_t>(column_count), 0.0);
  for (std::size_t cell = 0; cell < values.size(); ++cell) sums[cell % sums.size()] += values[cell];
  return sums;
}

}  // namespace

Responsibilities responsibilities_of(const RowColumns& rows, const GaussianMixtureLaw& law) {
  const GaussianDensity density(law.components);
  const int component_count = density.count();
  Responsibilities result;
  result.values.resize(static_cast<std::size_t>(rows.row_count() * component_count));
  std::vector<double> buffer(static_cast<std::size_t>(kBlock * component_count));
  for (std::int64_t first = 0; first < rows.row_count(); first += kBlock) {
    const std::int64_t count = std::min(kBlock, rows.row_count() - first);
    const std::span<double> logs(buffer.data(), static_cast<std::size_t>(count * component_count));
    for (int k = 0; k < component_count; ++k) {
      const std::span<double> mine =
          logs.subspan(static_cast<std::size_t>(k * count), static_cast<std::size_t>(count));
      density.distances(k, rows, first, mine);
      const double scale = portable_log(law.weights(k)) + density.log_scale(k);
      for (double& value : mine) value = scale - 0.5 * value;
    }
    result.log_likelihood += subtract_greatest(logs, count, component_count);
    portable_exp(logs, logs);
    result.log_likelihood += divide_by_totals(logs, count, component_count);
    write_by_row(logs, count, component_count, result.values.data() + first * component_count);
  }
  return result;
}

MixtureResult run_mixture_iterations(const RowColumns& rows, const SpreadPrior& prior,
                                     const MixtureLimits& limits, GaussianMixtureLaw law) {
  MixtureResult result;
  const double least_growth = limits.tolerance * static_cast<double>(rows.row_count());
  while (true) {
    const Responsibilities shares = responsibilities_of(rows, law);
    const double log_posterior = shares.log_likelihood + prior.log_density(GaussianDensity(law.components));
    result.has_converged = result.iterations > 0 && log_posterior - result.log_posterior <= least_growth;
    result.log_likelihood = shares.log_likelihood;
    result.log_posterior = log_posterior;
    if (result.has_converged || result.iterations == limits.max_iterations) {
      result.owned = column_sums(shares.values, law.components.count());
      break;
    }
    update_weights(update_components(rows, {shares.values, {}}, prior, law.components), law.weights);
    ++result.iterations;
  }
  result.law = std::move(law);
  return result;
}

GaussianMixtureLaw mixture_of_labels(const RowColumns& rows, const SpreadPrior& prior, CovarianceShape shape,
                                     int component_count, std::span<const std::int32_t> labels) {
  GaussianMixtureLaw law{Eigen::VectorXd(component_count),
                         components_of_labels(rows, prior, shape, component_count, labels)};
  std::vector<double> owned(static_cast<std::size_t>(component_count), 0.0);
  for (const std::int32_t label : labels) owned[static_cast<std::size_t>(label)] += 1;
  update_weights(owned, law.weights);
  return law;
}

}  // namespace regimetry::regimes
