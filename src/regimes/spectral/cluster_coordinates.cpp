#include "regimes/spectral/cluster_coordinates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "regimes/kmeans/kmeans.hpp"
#include "regimes/spectral/pivoted_qr_labels.hpp"

namespace regimetry::regimes {
namespace {

// Numbers the labels that occur 0, 1, ... in their order; gives how many there are.
int close_gaps(std::vector<std::int32_t>& labels, int regime_count) {
  std::vector<std::int32_t> renumbered(static_cast<std::size_t>(regime_count), -1);
  for (const std::int32_t label : labels) renumbered[static_cast<std::size_t>(label)] = 0;
  int count = 0;
  for (std::int32_t& number : renumbered) {
    if (number == 0) number = count++;
  }
  for (std::int32_t& label : labels) label = renumbered[static_cast<std::size_t>(label)];
  return count;
}

MatrixD means_of_labels(const MatrixF& values, const std::vector<std::int32_t>& labels, int regime_count) {
  MatrixD means = MatrixD::Zero(regime_count, values.cols());
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(regime_count);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    means.row(labels[static_cast<std::size_t>(row)]) += values.row(row).cast<double>();
    counts[labels[static_cast<std::size_t>(row)]] += 1;
  }
  return counts.cwiseInverse().asDiagonal() * means;
}

CoordinateClusters cluster_by_qr(const MatrixF& values, int regime_count) {
  RegimeFit fit;
  fit.labels = pivoted_qr_labels(values);
  const int found = close_gaps(fit.labels, regime_count);
  if (found < regime_count)
    fit.notes.push_back(fmt::format("pivoted QR found {} groups, not {}", found, regime_count));
  MatrixD centers = means_of_labels(values, fit.labels, found);
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    fit.objective += (values.row(row).cast<double>() - centers.row(fit.labels[static_cast<std::size_t>(row)]))
                         .squaredNorm();
  fit.has_converged = true;
  const double variance = fit.objective / static_cast<double>(values.size());
  CoordinateClusters clusters{std::move(fit), KMeansRegimes(std::move(centers), variance)};
  clusters.fit.probabilities.resize(values.rows(), found);
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    clusters.centers.assign({values.row(row).data(), static_cast<std::size_t>(values.cols())},
                            {clusters.fit.probabilities.row(row).data(), static_cast<std::size_t>(found)});
  return clusters;
}

}  // namespace

CoordinateClusters cluster_coordinates(const SpectralCoordinates& coordinates,
                                       const CoordinateClusterOptions& options, const Rng& rng,
                                       ThreadPool& pool) {
  if (options.regime_count < 1 || options.regime_count > coordinates.values.cols())
    throw Error(ErrorKind::kUsage,
                fmt::format("n_clusters is {}; with {} spectral coordinates it must be 1 to {}.",
                            options.regime_count, coordinates.values.cols(), coordinates.values.cols()));
  const MatrixF values = coordinates.values.leftCols(options.regime_count);
  const auto cluster = [&]() -> CoordinateClusters {
    if (options.assignment == CoordinateAssignment::kPivotedQr)
      return cluster_by_qr(values, options.regime_count);
    KMeansFit kmeans =
        fit_kmeans({values, {}}, {.regime_count = options.regime_count, .starts = options.starts}, rng, pool);
    return {std::move(kmeans.fit), std::move(kmeans.regimes)};
  };
  CoordinateClusters clusters = cluster();
  clusters.fit.objective_meaning = "sum of squared distances to the centres of the spectral coordinates";
  return clusters;
}

}  // namespace regimetry::regimes
