#include "projection/umap/fuzzy_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/portable_math.hpp"

namespace regimetry::projection {
namespace {

constexpr int kMostHalvings = 64;
constexpr double kTolerance = 1e-5;
constexpr double kSmallestWidth = 1e-3;  // of the mean distance
constexpr double kLn2 = 0.6931471805599453;

double membership(double distance, const Reach& reach) {
  return distance <= reach.nearest || reach.width == 0
             ? 1.0
             : portable_exp(-(distance - reach.nearest) / reach.width);
}

// umap-learn counts the point itself, at distance 0, in every mean.
double mean_with_self(std::span<const float> distances) {
  double sum = 0;
  for (const float distance : distances) sum += distance;
  return sum / static_cast<double>(distances.size() + 1);
}

double nearest_distance(std::span<const float> distances, int connectivity) {
  if (connectivity == 0) return 0;
  for (const float distance : distances)
    if (distance > 0) return distance;
  return 0;
}

}  // namespace

Reach find_reach(std::span<const float> distances, int connectivity, double mean_distance) {
  Reach reach{nearest_distance(distances, connectivity), 1.0};
  const double wanted = portable_log(static_cast<double>(distances.size() + 1)) / kLn2;
  double low = 0, high = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kMostHalvings; ++i) {
    double sum = 0;
    for (const float distance : distances) sum += membership(distance, reach);
    if (std::abs(sum - wanted) < kTolerance) break;
    (sum > wanted ? high : low) = reach.width;
    reach.width = std::isinf(high) ? 2 * reach.width : 0.5 * (low + high);
  }
  const double scale = reach.nearest > 0 ? mean_with_self(distances) : mean_distance;
  reach.width = std::max(reach.width, kSmallestWidth * scale);
  return reach;
}

std::vector<double> memberships(const neighbors::NeighborLists& lists, int connectivity, ThreadPool& pool) {
  const auto k = static_cast<std::size_t>(lists.k);
  const std::span<const float> distances(lists.distances);
  const std::size_t point_count = distances.size() / k;
  double mean = 0;
  for (std::size_t i = 0; i < point_count; ++i) mean += mean_with_self(distances.subspan(i * k, k));
  mean /= static_cast<double>(point_count);
  std::vector<double> weights(distances.size());
  pool.parallel_for(static_cast<std::int64_t>(point_count), 256, [&](IndexRange points) {
    for (auto i = static_cast<std::size_t>(points.begin); i < static_cast<std::size_t>(points.end); ++i) {
      const Reach reach = find_reach(distances.subspan(i * k, k), connectivity, mean);
      for (std::size_t j = i * k; j < (i + 1) * k; ++j) weights[j] = membership(distances[j], reach);
    }
  });
  return weights;
}

SymmetricGraph fuzzy_graph(const neighbors::NeighborLists& lists, ThreadPool& pool) {
  return join_with_reverse(lists.indices, memberships(lists, 1, pool), lists.k,
                           [](double there, double back) { return there + back - there * back; });
}

}  // namespace regimetry::projection
