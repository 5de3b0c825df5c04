#include "regimes/spectral/choose_regime_count.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/kmeans/kmeans.hpp"
#include "regimes/spectral/cluster_coordinates.hpp"
#include "regimes/spectral/silhouette.hpp"

namespace regimetry::regimes {
namespace {

double relative_eigengap(const Eigen::VectorXd& eigenvalues, int regime_count) {
  const double below = eigenvalues[regime_count - 1], above = eigenvalues[regime_count];
  return above > 0 ? 1 - below / above : 0.0;
}

// Rows of `stretches` of 20 equal stretches.
MatrixF rows_of_part(const MatrixF& values, RngStream stream) {
  constexpr std::int64_t kStretches = 20, kTaken = 12;
  std::vector<std::int64_t> stretches = stream.permutation(kStretches);
  stretches.resize(kTaken);
  std::sort(stretches.begin(), stretches.end());
  std::vector<std::int64_t> rows;
  for (const std::int64_t stretch : stretches) {
    for (std::int64_t row = stretch * values.rows() / kStretches;
         row < (stretch + 1) * values.rows() / kStretches; ++row)
      rows.push_back(row);
  }
  MatrixF part(static_cast<Eigen::Index>(rows.size()), values.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) part.row(static_cast<Eigen::Index>(i)) = values.row(rows[i]);
  return part;
}

std::vector<std::int32_t> labels_by(const KMeansRegimes& centers, const MatrixF& values) {
  std::vector<std::int32_t> labels;
  std::vector<double> probabilities(static_cast<std::size_t>(centers.regime_count()));
  for (Eigen::Index row = 0; row < values.rows(); ++row)
    labels.push_back(
        centers.assign({values.row(row).data(), static_cast<std::size_t>(values.cols())}, probabilities));
  return labels;
}

// A part with too few distinct rows agrees as chance does.
double agreement_with_part(const MatrixF& values, const std::vector<std::int32_t>& labels, int regime_count,
                           const Rng& rng, std::int64_t part, ThreadPool& pool) {
  constexpr int kStarts = 3;
  const MatrixF rows =
      rows_of_part(values, rng.stream("spectral.stability", static_cast<std::uint64_t>(part)));
  try {
    const KMeansFit fit =
        fit_kmeans({rows, {}}, {.regime_count = regime_count, .starts = kStarts}, rng, pool);
    return adjusted_rand_index(labels, labels_by(fit.regimes, values));
  } catch (const Error&) {
    return 0;
  }
}

double stability_of(const MatrixF& values, const std::vector<std::int32_t>& labels, int regime_count,
                    int parts, const Rng& rng, ThreadPool& pool) {
  std::vector<double> agreements(static_cast<std::size_t>(parts));
  pool.parallel_for(parts, 1, [&](IndexRange range) {
    for (std::int64_t part = range.begin; part < range.end; ++part)
      agreements[static_cast<std::size_t>(part)] =
          agreement_with_part(values, labels, regime_count, rng, part, pool);
  });
  double total = 0;
  for (const double agreement : agreements) total += agreement;
  return total / static_cast<double>(parts);
}

RegimeCountEvidence evidence_for(const SpectralCoordinates& coordinates, int regime_count,
                                 const RegimeCountOptions& options, const Rng& rng, ThreadPool& pool) {
  const CoordinateClusters clusters =
      cluster_coordinates(coordinates, {.regime_count = regime_count, .starts = options.starts}, rng, pool);
  const MatrixF values = coordinates.values.leftCols(regime_count);
  RegimeCountEvidence evidence;
  evidence.regime_count = regime_count;
  evidence.eigengap = relative_eigengap(coordinates.eigenvalues, regime_count);
  evidence.silhouette = mean_silhouette(values, clusters.fit.labels, options.silhouette_rows, pool);
  evidence.stability = stability_of(values, clusters.fit.labels, regime_count, options.parts, rng, pool);
  evidence.score = (evidence.eigengap + evidence.silhouette + evidence.stability) / 3;
  return evidence;
}

std::string reason_for(const std::vector<RegimeCountEvidence>& evidence, const RegimeCountEvidence& best) {
  std::string reason =
      fmt::format("{} regimes: eigengap {:.2f}, silhouette {:.2f}, stability {:.2f}, mean {:.2f}",
                  best.regime_count, best.eigengap, best.silhouette, best.stability, best.score);
  const RegimeCountEvidence* second = nullptr;
  for (const RegimeCountEvidence& other : evidence) {
    if (other.regime_count != best.regime_count && (second == nullptr || other.score > second->score))
      second = &other;
  }
  if (second == nullptr) return reason + "; no other number was tried";
  return reason + fmt::format("; next best is {} with a mean of {:.2f}", second->regime_count, second->score);
}

}  // namespace

std::vector<std::string> RegimeCountOptions::problems() const {
  std::vector<std::string> list;
  if (fewest < 1) list.push_back(fmt::format("fewest is {}; it must be at least 1", fewest));
  if (most < fewest) list.push_back(fmt::format("most is {}; it must be at least fewest, {}", most, fewest));
  if (parts < 1) list.push_back(fmt::format("parts is {}; it must be at least 1", parts));
  if (silhouette_rows < 2)
    list.push_back(fmt::format("silhouette_rows is {}; it must be at least 2", silhouette_rows));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  return list;
}

RegimeCountChoice choose_regime_count(const SpectralCoordinates& coordinates,
                                      const RegimeCountOptions& options, const Rng& rng, ThreadPool& pool) {
  std::vector<std::string> problems = options.problems();
  if (coordinates.values.cols() <= options.fewest)
    problems.push_back(
        fmt::format("{} spectral coordinates were computed; {} regimes need one more than that",
                    coordinates.values.cols(), options.fewest));
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of the choice of regimes: {}.", fmt::join(problems, "; ")));
  RegimeCountChoice choice;
  const int most = std::min(options.most, static_cast<int>(coordinates.values.cols()) - 1);
  for (int regime_count = options.fewest; regime_count <= most; ++regime_count) {
    try {
      choice.evidence.push_back(evidence_for(coordinates, regime_count, options, rng, pool));
    } catch (const Error& error) {
      // Too few distinct rows for this many, and so for any more.
      if (error.kind() != ErrorKind::kData || choice.evidence.empty()) throw;
      break;
    }
  }
  const auto best = std::max_element(
      choice.evidence.begin(), choice.evidence.end(),
      [](const RegimeCountEvidence& a, const RegimeCountEvidence& b) { return a.score < b.score; });
  choice.regime_count = best->regime_count;
  choice.reason = reason_for(choice.evidence, *best);
  return choice;
}

}  // namespace regimetry::regimes
