#include "regimes/spectral/spectral_coordinates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "regimes/require_finite.hpp"
#include "regimes/spectral/join_components.hpp"
#include "regimes/spectral/leading_eigenvectors.hpp"
#include "regimes/spectral/neighbor_graph.hpp"
#include "regimes/spectral/normalized_adjacency.hpp"

namespace regimetry::regimes {
namespace {

// Eigenvectors over the square root of each row's share of all degrees.
MatrixF scaled(const LeadingEigenvectors& eigenvectors, const Eigen::VectorXd& first_vector) {
  return (first_vector.cwiseInverse().asDiagonal() * eigenvectors.vectors).cast<float>();
}

void add_notes(const JoinedGraph& joined, const LeadingEigenvectors& eigenvectors,
               std::vector<std::string>& notes) {
  if (joined.part_count > 1)
    notes.push_back(
        fmt::format("the neighbour graph fell into {} parts, the smallest of {} rows; the shortest "
                    "links between them were added. Fewer regimes than parts cannot follow all of "
                    "them; a larger --neighbors joins more",
                    joined.part_count, joined.smallest_part));
  if (!eigenvectors.has_converged)
    notes.push_back(
        fmt::format("the eigenvectors were not settled after {} products; their largest residual is "
                    "{:.1e}",
                    eigenvectors.products, eigenvectors.largest_residual));
}

}  // namespace

std::vector<std::string> SpectralCoordinateOptions::problems() const {
  std::vector<std::string> list;
  if (neighbor_count < 2)
    list.push_back(
        fmt::format("neighbors is {}; a row itself is counted, so it must be at least 2", neighbor_count));
  if (component_count < 1)
    list.push_back(fmt::format("component_count is {}; it must be at least 1", component_count));
  return list;
}

SpectralCoordinates compute_spectral_coordinates(const RegimeRows& rows,
                                                 const SpectralCoordinateOptions& options, const Rng& rng,
                                                 ThreadPool& pool) {
  const std::vector<std::string> problems = options.problems();
  if (!problems.empty())
    throw Error(ErrorKind::kUsage,
                fmt::format("The options of spectral coordinates: {}.", fmt::join(problems, "; ")));
  require_finite(rows.values);
  if (rows.values.rows() < options.component_count)
    throw Error(
        ErrorKind::kData,
        fmt::format("{} spectral coordinates were asked for, and {} rows have no more than {}. Give more "
                    "rows or ask for fewer regimes.",
                    options.component_count, rows.values.rows(), rows.values.rows()));
  const JoinedGraph joined =
      join_components(build_neighbor_graph(rows.values, options.neighbor_count, pool), rows.values, pool);
  const NormalizedAdjacency adjacency(joined.graph);
  const LeadingEigenvectors eigenvectors = find_leading_eigenvectors(
      adjacency, options.component_count, rng.stream("spectral.eigenvectors"), pool);
  SpectralCoordinates result;
  result.values = scaled(eigenvectors, adjacency.first_vector());
  result.eigenvalues = (1 - eigenvectors.values.array()).max(0.0);
  result.largest_residual = eigenvectors.largest_residual;
  result.has_converged = eigenvectors.has_converged;
  result.products = eigenvectors.products;
  result.solver = eigenvectors.solver;
  result.part_count = joined.part_count;
  add_notes(joined, eigenvectors, result.notes);
  return result;
}

}  // namespace regimetry::regimes
