#include "projection/tsne/input_similarities.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "core/portable_math.hpp"

namespace regimetry::projection {
namespace {

constexpr int kMostHalvings = 100;
constexpr double kEntropyTolerance = 1e-5;

// Gaussian weights of `squares` (squared distances less the smallest) at precision `beta`, summing to 1.
// Returns their entropy in nats.
double spread(std::span<const double> squares, double beta, std::span<double> weights) {
  for (std::size_t j = 0; j < squares.size(); ++j) weights[j] = -squares[j] * beta;
  portable_exp(weights, weights);
  double sum = 0, moment = 0;
  for (std::size_t j = 0; j < squares.size(); ++j) {
    sum += weights[j];
    moment += squares[j] * weights[j];
  }
  for (double& weight : weights) weight /= sum;
  return portable_log(sum) + beta * moment / sum;
}

// Finds the precision by doubling and halving, and leaves its weights in `weights`.
void spread_to_entropy(std::span<const double> squares, double wanted, std::span<double> weights) {
  double beta = 1, low = 0, high = std::numeric_limits<double>::infinity();
  // In units of the mean square, so that the search is as short for tiny distances as for large ones.
  double mean = 0;
  for (const double square : squares) mean += square;
  mean /= static_cast<double>(squares.size());
  const double scale = mean > 0 ? 1 / mean : 1;
  for (int i = 0; i < kMostHalvings; ++i) {
    const double excess = spread(squares, beta * scale, weights) - wanted;
    if (std::abs(excess) <= kEntropyTolerance) return;
    (excess > 0 ? low : high) = beta;
    beta = std::isinf(high) ? 2 * beta : 0.5 * (low + high);
  }
}

}  // namespace

SymmetricGraph input_similarities(const neighbors::NeighborLists& lists, double perplexity,
                                  ThreadPool& pool) {
  const auto k = static_cast<std::size_t>(lists.k);
  std::vector<double> weights(lists.indices.size());
  const double wanted = portable_log(perplexity);
  pool.parallel_for(static_cast<std::int64_t>(weights.size() / k), 64, [&](IndexRange rows) {
    std::vector<double> squares(k);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      const std::size_t first = static_cast<std::size_t>(row) * k;
      const double nearest = lists.distances[first];
      for (std::size_t j = 0; j < k; ++j) {
        const double distance = lists.distances[first + j];
        squares[j] = distance * distance - nearest * nearest;
      }
      spread_to_entropy(squares, wanted, std::span(weights).subspan(first, k));
    }
  });
  SymmetricGraph graph = join_with_reverse(lists.indices, weights, lists.k,
                                           [](double there, double back) { return there + back; });
  double total = 0;
  for (const double weight : graph.weights) total += weight;
  for (double& weight : graph.weights) weight /= total;
  return graph;
}

}  // namespace regimetry::projection
