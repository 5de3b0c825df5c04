#include "regimes/spectral/spectral.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cassert>

#include "core/error.hpp"
#include "regimes/require_finite.hpp"

namespace regimetry::regimes {
namespace {

void require_usable(const SpectralOptions& options) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of spectral clustering: {}.", fmt::join(problems, "; ")));
}

// Equal rows may stand at different places of the graph, so the coordinates would not tell.
void require_distinct_rows(const Eigen::Ref<const MatrixF>& values, int regime_count) {
  std::vector<Eigen::Index> distinct;
  for (Eigen::Index row = 0; row < values.rows() && static_cast<int>(distinct.size()) < regime_count; ++row) {
    bool is_new = true;
    for (const Eigen::Index other : distinct) is_new = is_new && values.row(row) != values.row(other);
    if (is_new) distinct.push_back(row);
  }
  if (static_cast<int>(distinct.size()) < regime_count)
    throw Error(
        ErrorKind::kData,
        fmt::format("{} regimes were asked for, but only {} of the {} rows {} distinct. Ask for at most "
                    "{}.",
                    regime_count, distinct.size(), values.rows(), distinct.size() == 1 ? "is" : "are",
                    distinct.size()));
}

LandmarkMap landmarks_of(const Eigen::Ref<const MatrixF>& values, const MatrixF& coordinates,
                         const RegimeFit& fit, int regime_count, const SpectralOptions& options) {
  constexpr std::int64_t kLeastOfRegime = 32;
  const std::vector<std::int64_t> rows =
      choose_landmarks(fit.labels, regime_count, options.most_landmarks, kLeastOfRegime);
  MatrixF landmarks(static_cast<Eigen::Index>(rows.size()), values.cols());
  MatrixF places(static_cast<Eigen::Index>(rows.size()), coordinates.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    landmarks.row(static_cast<Eigen::Index>(i)) = values.row(rows[i]);
    places.row(static_cast<Eigen::Index>(i)) = coordinates.row(rows[i]);
  }
  return {std::move(landmarks), std::move(places), options.neighbor_count - 1};
}

}  // namespace

std::vector<std::string> SpectralOptions::problems() const {
  std::vector<std::string> list = SpectralCoordinateOptions{neighbor_count, 1}.problems();
  if (regime_count < 1) list.push_back(fmt::format("n_clusters is {}; it must be at least 1", regime_count));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (most_landmarks < 1)
    list.push_back(fmt::format("most_landmarks is {}; it must be at least 1", most_landmarks));
  return list;
}

SpectralFit fit_spectral(const RegimeRows& rows, const SpectralOptions& options, const Rng& rng,
                         ThreadPool& pool) {
  require_usable(options);
  require_finite(rows.values);
  require_distinct_rows(rows.values, options.regime_count);
  const SpectralCoordinates coordinates =
      compute_spectral_coordinates(rows, {options.neighbor_count, options.regime_count}, rng, pool);
  return fit_spectral(rows, coordinates, options, rng, pool);
}

SpectralFit fit_spectral(const RegimeRows& rows, const SpectralCoordinates& coordinates,
                         const SpectralOptions& options, const Rng& rng, ThreadPool& pool) {
  require_usable(options);
  assert(coordinates.values.rows() == rows.values.rows());
  require_distinct_rows(rows.values, options.regime_count);
  CoordinateClusters clusters =
      cluster_coordinates(coordinates, {options.regime_count, options.assignment, options.starts}, rng, pool);
  clusters.fit.notes.insert(clusters.fit.notes.begin(), coordinates.notes.begin(), coordinates.notes.end());
  clusters.fit.has_converged = clusters.fit.has_converged && coordinates.has_converged;
  LandmarkMap map = landmarks_of(rows.values, coordinates.values.leftCols(options.regime_count), clusters.fit,
                                 clusters.centers.regime_count(), options);
  return {std::move(clusters.fit), SpectralRegimes(std::move(map), std::move(clusters.centers))};
}

}  // namespace regimetry::regimes
