#include "regimes/kmeans/kmeans.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "regimes/kmeans/lloyd.hpp"
#include "regimes/kmeans/seed_centers.hpp"
#include "regimes/require_finite.hpp"

namespace regimetry::regimes {
namespace {

double mean_column_variance(const Eigen::Ref<const MatrixF>& values) {
  double total = 0;
  const auto count = static_cast<double>(values.rows());
  std::vector<double> means(static_cast<std::size_t>(values.cols()));
  for (std::int64_t row = 0; row < values.rows(); ++row) {
    for (std::int64_t column = 0; column < values.cols(); ++column)
      means[static_cast<std::size_t>(column)] += static_cast<double>(values(row, column)) / count;
  }
  for (std::int64_t row = 0; row < values.rows(); ++row) {
    for (std::int64_t column = 0; column < values.cols(); ++column) {
      const double distance =
          static_cast<double>(values(row, column)) - means[static_cast<std::size_t>(column)];
      total += distance * distance;
    }
  }
  return total / count / static_cast<double>(values.cols());
}

MatrixD seeded_centers(const Eigen::Ref<const MatrixF>& values, const RowBlocks& blocks, int regime_count,
                       RngStream stream) {
  const std::vector<std::int64_t> rows = seed_centers(values, blocks, regime_count, stream);
  if (static_cast<int>(rows.size()) < regime_count)
    throw Error(
        ErrorKind::kData,
        fmt::format("{} regimes were asked for, but only {} of the {} rows {} distinct. Ask for at most "
                    "{}.",
                    regime_count, rows.size(), values.rows(), rows.size() == 1 ? "is" : "are", rows.size()));
  MatrixD centers(regime_count, values.cols());
  for (int k = 0; k < regime_count; ++k)
    centers.row(k) = values.row(rows[static_cast<std::size_t>(k)]).cast<double>();
  return centers;
}

LloydResult best_start(const Eigen::Ref<const MatrixF>& values, const KMeansOptions& options, const Rng& rng,
                       ThreadPool& pool) {
  const RowBlocks blocks(values);
  const LloydLimits limits{options.max_iterations, options.tolerance * mean_column_variance(values)};
  std::vector<LloydResult> results(static_cast<std::size_t>(options.starts));
  pool.parallel_for(options.starts, 1, [&](IndexRange range) {
    for (std::int64_t start = range.begin; start < range.end; ++start) {
      MatrixD centers = seeded_centers(values, blocks, options.regime_count,
                                       rng.stream("kmeans.start", static_cast<std::uint64_t>(start)));
      results[static_cast<std::size_t>(start)] = run_lloyd(values, blocks, std::move(centers), limits, pool);
    }
  });
  std::size_t best = 0;
  for (std::size_t start = 1; start < results.size(); ++start) {
    if (results[start].objective < results[best].objective) best = start;
  }
  return std::move(results[best]);
}

MatrixD probabilities_of_rows(const Eigen::Ref<const MatrixF>& values, const KMeansRegimes& regimes,
                              ThreadPool& pool) {
  constexpr std::int64_t kGrain = 4096;
  MatrixD probabilities(values.rows(), regimes.regime_count());
  pool.parallel_for(values.rows(), kGrain, [&](IndexRange range) {
    for (std::int64_t row = range.begin; row < range.end; ++row)
      regimes.assign({values.row(row).data(), static_cast<std::size_t>(values.cols())},
                     {probabilities.row(row).data(), static_cast<std::size_t>(probabilities.cols())});
  });
  return probabilities;
}

}  // namespace

std::vector<std::string> KMeansOptions::problems() const {
  std::vector<std::string> list;
  if (regime_count < 1) list.push_back(fmt::format("n_clusters is {}; it must be at least 1", regime_count));
  if (starts < 1) list.push_back(fmt::format("starts is {}; it must be at least 1", starts));
  if (max_iterations < 1)
    list.push_back(fmt::format("max_iterations is {}; it must be at least 1", max_iterations));
  if (!(tolerance >= 0)) list.push_back(fmt::format("tolerance is {}; it must be at least 0", tolerance));
  return list;
}

KMeansFit fit_kmeans(const RegimeRows& rows, const KMeansOptions& options, const Rng& rng, ThreadPool& pool) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("The options of k-means: {}.", fmt::join(problems, "; ")));
  require_finite(rows.values);
  LloydResult best = best_start(rows.values, options, rng, pool);
  const auto value_count = static_cast<double>(rows.values.size());
  KMeansFit result{{}, KMeansRegimes(std::move(best.centers), best.objective / value_count)};
  result.fit.labels = std::move(best.labels);
  result.fit.probabilities = probabilities_of_rows(rows.values, result.regimes, pool);
  result.fit.objective = best.objective;
  result.fit.objective_meaning = "sum of squared distances to the centres";
  result.fit.has_converged = best.has_converged;
  result.fit.iterations = best.iterations;
  if (!best.has_converged)
    result.fit.notes.push_back(
        fmt::format("k-means stopped after {} iterations while its centres still moved", best.iterations));
  return result;
}

}  // namespace regimetry::regimes
