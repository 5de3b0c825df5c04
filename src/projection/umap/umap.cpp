#include "projection/umap/umap.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "neighbors/nearest_neighbors.hpp"
#include "projection/initial_map.hpp"
#include "projection/require_rows.hpp"
#include "projection/umap/fuzzy_graph.hpp"
#include "projection/umap/layout.hpp"
#include "projection/umap/spectral_start.hpp"

namespace regimetry::projection {
namespace {

constexpr double kExtent = 10;  // of the map at the start
constexpr std::int64_t kManyRows = 10'000;

MatrixF to_matrix(const MapPoints& points) {
  MatrixF matrix(static_cast<Eigen::Index>(points.size()), 2);
  for (std::size_t i = 0; i < points.size(); ++i)
    matrix.row(static_cast<Eigen::Index>(i)) << points.x[i], points.y[i];
  return matrix;
}

MapPoints to_points(const MatrixF& matrix) {
  MapPoints points(static_cast<std::size_t>(matrix.rows()));
  for (std::size_t i = 0; i < points.size(); ++i) {
    points.x[i] = matrix(static_cast<Eigen::Index>(i), 0);
    points.y[i] = matrix(static_cast<Eigen::Index>(i), 1);
  }
  return points;
}

// The slowest vibrations of the graph, or the principal components where it falls into parts, stretched to
// 0..10 in both directions. A little noise parts rows that coincide.
MapPoints starting_points(const Eigen::Ref<const MatrixF>& rows, const SymmetricGraph& graph, const Rng& rng,
                          ThreadPool& pool) {
  const std::optional<MatrixD> vibrations = spectral_start(graph, rng.stream("projection.umap", 4), pool);
  const MatrixD start = vibrations ? *vibrations : initial_map(rows, rng.stream("projection.umap", 0), pool);
  RngStream noise = rng.stream("projection.umap", 1);
  MatrixF scaled(rows.rows(), 2);
  for (int axis = 0; axis < 2; ++axis) {
    const double low = start.col(axis).minCoeff(), extent = start.col(axis).maxCoeff() - low;
    const double scale = extent > 0 ? kExtent / extent : 0.0;
    for (Eigen::Index row = 0; row < rows.rows(); ++row)
      scaled(row, axis) = static_cast<float>((start(row, axis) - low) * scale + 1e-4 * noise.normal());
  }
  return to_points(scaled);
}

// Each new row at the mean of its neighbours, weighted by membership.
MapPoints weighted_means(const neighbors::NeighborLists& lists, const std::vector<double>& weights,
                         const MatrixF& coordinates) {
  const auto k = static_cast<std::size_t>(lists.k);
  MapPoints means(weights.size() / k);
  for (std::size_t i = 0; i < means.size(); ++i) {
    double sum = 0, x = 0, y = 0;
    for (std::size_t j = i * k; j < (i + 1) * k; ++j) {
      sum += weights[j];
      x += weights[j] * coordinates(lists.indices[j], 0);
      y += weights[j] * coordinates(lists.indices[j], 1);
    }
    means.x[i] = static_cast<float>(x / sum);
    means.y[i] = static_cast<float>(y / sum);
  }
  return means;
}

}  // namespace

std::vector<std::string> UmapOptions::problems() const {
  std::vector<std::string> problems;
  const auto demand = [&](bool is_met, std::string problem) {
    if (!is_met) problems.push_back(std::move(problem));
  };
  demand(neighbor_count >= 2, fmt::format("neighbor_count is {}; it must be at least 2", neighbor_count));
  demand(spread > 0 && std::isfinite(spread), fmt::format("spread is {}; it must be positive", spread));
  demand(min_dist >= 0 && min_dist <= spread,
         fmt::format("min_dist is {}; it must be from 0 to the spread, {}", min_dist, spread));
  demand(!epochs || *epochs >= 1, fmt::format("epochs is {}; it must be at least 1", epochs.value_or(0)));
  demand(learning_rate > 0 && std::isfinite(learning_rate),
         fmt::format("learning_rate is {}; it must be positive", learning_rate));
  demand(negative_count >= 1, fmt::format("negative_count is {}; it must be at least 1", negative_count));
  return problems;
}

UmapMap::UmapMap(const Eigen::Ref<const MatrixF>& rows, const UmapOptions& options, const Rng& rng,
                 ThreadPool& pool, Observer& observer)
    : options_(options), rng_(rng) {
  if (const std::vector<std::string> problems = options.problems(); !problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("UMAP: {}", fmt::join(problems, "; ")));
  require_rows(rows, "UMAP");
  rows_ = rows;
  curve_ = fit_distance_curve(options.min_dist, options.spread);
  if (rows.rows() == 1) {
    neighbor_count_ = 1;
    coordinates_ = MatrixF::Zero(1, 2);
    notes_.push_back("UMAP: a single row has no neighbours; it lies at the origin");
    return;
  }
  neighbor_count_ = std::min<std::int64_t>(options.neighbor_count, rows.rows());
  if (neighbor_count_ < options.neighbor_count) {
    notes_.push_back(fmt::format("UMAP: neighbourhoods lowered from {} to {} rows, as there are no more",
                                 options.neighbor_count, neighbor_count_));
  }
  observer.on_progress("UMAP", 0, 2);
  const SymmetricGraph graph = fuzzy_graph(neighbors::find_neighbors(rows, neighbor_count_ - 1, pool), pool);
  observer.on_progress("UMAP", 1, 2);
  const std::int64_t epochs = options.epochs.value_or(rows.rows() <= kManyRows ? 500 : 200);
  const EdgeSchedule edges = schedule_edges(graph.row_begins, graph.neighbors, graph.weights, epochs);
  coordinates_ = to_matrix(lay_out(edges, starting_points(rows, graph, rng, pool),
                                   {curve_, epochs, options.learning_rate, options.negative_count},
                                   rng.stream("projection.umap", 2), pool));
  observer.on_progress("UMAP", 2, 2);
}

MatrixF UmapMap::transform(const Eigen::Ref<const MatrixF>& new_rows, ThreadPool& pool) const {
  if (new_rows.cols() != rows_.cols()) {
    throw Error(ErrorKind::kUsage, fmt::format("a UMAP map of {} columns cannot place rows of {}",
                                               rows_.cols(), new_rows.cols()));
  }
  if (new_rows.rows() == 0) return MatrixF(0, 2);
  require_rows(new_rows, "UMAP");
  const neighbors::NeighborLists lists = neighbors::find_neighbors(new_rows, rows_, neighbor_count_, pool);
  const std::vector<double> weights = memberships(lists, 0, pool);
  const std::int64_t epochs = options_.epochs ? std::max<std::int64_t>(1, *options_.epochs / 3)
                                              : (new_rows.rows() <= kManyRows ? 100 : 30);
  std::vector<std::int64_t> row_begins;
  for (std::int64_t row = 0; row <= new_rows.rows(); ++row) row_begins.push_back(row * lists.k);
  const EdgeSchedule edges = schedule_edges(row_begins, lists.indices, weights, epochs);
  return to_matrix(lay_out_among(to_points(coordinates_), edges, weighted_means(lists, weights, coordinates_),
                                 {curve_, epochs, options_.learning_rate / 4, options_.negative_count},
                                 rng_.stream("projection.umap", 3), pool));
}

}  // namespace regimetry::projection
