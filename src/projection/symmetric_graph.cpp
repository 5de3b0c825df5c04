#include "projection/symmetric_graph.hpp"

#include <algorithm>
#include <limits>

namespace regimetry::projection {
namespace {

struct Edge {
  std::int32_t neighbor = 0;
  double weight = 0;
};

std::vector<Edge> sorted_rows(std::span<const std::int32_t> indices, std::span<const double> weights,
                              std::int64_t k) {
  std::vector<Edge> edges(indices.size());
  for (std::size_t e = 0; e < edges.size(); ++e) edges[e] = {indices[e], weights[e]};
  for (auto row = edges.begin(); row != edges.end(); row += k)
    std::sort(row, row + k, [](const Edge& a, const Edge& b) { return a.neighbor < b.neighbor; });
  return edges;
}

// Where the reverse edges of each point begin, and those edges by rising source.
struct Reverse {
  std::vector<std::int64_t> begins;
  std::vector<Edge> edges;
};

Reverse reverse_of(std::span<const Edge> edges, std::int64_t k, std::size_t point_count) {
  Reverse reverse{std::vector<std::int64_t>(point_count + 1, 0), std::vector<Edge>(edges.size())};
  for (const Edge& edge : edges) ++reverse.begins[static_cast<std::size_t>(edge.neighbor) + 1];
  for (std::size_t i = 0; i < point_count; ++i) reverse.begins[i + 1] += reverse.begins[i];
  std::vector<std::int64_t> next(reverse.begins.begin(), reverse.begins.end() - 1);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    std::int64_t& place = next[static_cast<std::size_t>(edges[e].neighbor)];
    const auto source = static_cast<std::int32_t>(static_cast<std::int64_t>(e) / k);
    reverse.edges[static_cast<std::size_t>(place++)] = {source, edges[e].weight};
  }
  return reverse;
}

}  // namespace

SymmetricGraph join_with_reverse(std::span<const std::int32_t> indices, std::span<const double> weights,
                                 std::int64_t k, const std::function<double(double, double)>& combine) {
  const std::size_t point_count = k > 0 ? indices.size() / static_cast<std::size_t>(k) : 0;
  const std::vector<Edge> forward = sorted_rows(indices, weights, k);
  const Reverse reverse = reverse_of(forward, k, point_count);
  SymmetricGraph graph;
  graph.row_begins.push_back(0);
  graph.neighbors.reserve(2 * forward.size());
  graph.weights.reserve(2 * forward.size());
  constexpr std::int32_t kNone = std::numeric_limits<std::int32_t>::max();
  for (std::size_t i = 0; i < point_count; ++i) {
    const Edge* there = forward.data() + i * static_cast<std::size_t>(k);
    const Edge* const there_end = there + k;
    const Edge* back = reverse.edges.data() + reverse.begins[i];
    const Edge* const back_end = reverse.edges.data() + reverse.begins[i + 1];
    while (there != there_end || back != back_end) {
      const std::int32_t a = there != there_end ? there->neighbor : kNone;
      const std::int32_t b = back != back_end ? back->neighbor : kNone;
      const double weight_there = a <= b ? (there++)->weight : 0.0;
      const double weight_back = b <= a ? (back++)->weight : 0.0;
      graph.neighbors.push_back(std::min(a, b));
      graph.weights.push_back(combine(weight_there, weight_back));
    }
    graph.row_begins.push_back(static_cast<std::int64_t>(graph.neighbors.size()));
  }
  return graph;
}

}  // namespace regimetry::projection
