#include "regimes/spectral/neighbor_graph.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::regimes {
namespace {

void require_usable(std::int64_t row_count, std::int64_t neighbor_count) {
  if (neighbor_count < 2)
    throw Error(ErrorKind::kUsage,
                fmt::format("neighbors is {}; a row itself is counted, so the graph needs at least 2.",
                            neighbor_count));
  if (row_count < neighbor_count)
    throw Error(
        ErrorKind::kData,
        fmt::format("There {}, but each is to be joined to {} neighbours, itself counted. Give more rows{}.",
                    row_count == 1 ? "is 1 row" : fmt::format("are {} rows", row_count), neighbor_count,
                    row_count < 2 ? "" : fmt::format(", or --neighbors {} at most", row_count)));
}

// Every pair in which one names the other, once.
std::vector<WeightedEdge> edges_of(const neighbors::NeighborLists& lists, std::int64_t row_count) {
  std::vector<std::int32_t> sorted = lists.indices;
  const auto list_of = [&](std::int64_t row) { return sorted.begin() + row * lists.k; };
  for (std::int64_t row = 0; row < row_count; ++row) std::sort(list_of(row), list_of(row + 1));
  std::vector<WeightedEdge> edges;
  edges.reserve(sorted.size());
  for (std::int32_t row = 0; row < row_count; ++row) {
    for (auto other = list_of(row); other != list_of(row + 1); ++other) {
      const bool is_mutual = std::binary_search(list_of(*other), list_of(*other + 1), row);
      if (is_mutual && *other < row) continue;  // listed from the other end
      edges.push_back({row, *other, is_mutual ? 1.0F : 0.5F});
    }
  }
  return edges;
}

}  // namespace

NeighborGraph graph_of(std::int64_t row_count, const std::vector<WeightedEdge>& edges) {
  NeighborGraph graph;
  graph.begins.assign(static_cast<std::size_t>(row_count) + 1, 0);
  for (const WeightedEdge& edge : edges) {
    ++graph.begins[static_cast<std::size_t>(edge.from) + 1];
    ++graph.begins[static_cast<std::size_t>(edge.to) + 1];
  }
  for (std::size_t row = 1; row < graph.begins.size(); ++row) graph.begins[row] += graph.begins[row - 1];
  std::vector<std::pair<std::int32_t, float>> ends(2 * edges.size());
  std::vector<std::int64_t> next(graph.begins.begin(), graph.begins.end() - 1);
  for (const WeightedEdge& edge : edges) {
    ends[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.from)]++)] = {edge.to, edge.weight};
    ends[static_cast<std::size_t>(next[static_cast<std::size_t>(edge.to)]++)] = {edge.from, edge.weight};
  }
  for (std::size_t row = 0; row + 1 < graph.begins.size(); ++row)
    std::sort(ends.begin() + graph.begins[row], ends.begin() + graph.begins[row + 1]);
  graph.columns.reserve(ends.size());
  graph.weights.reserve(ends.size());
  for (const auto& [column, weight] : ends) {
    graph.columns.push_back(column);
    graph.weights.push_back(weight);
  }
  return graph;
}

NeighborGraph build_neighbor_graph(const Eigen::Ref<const MatrixF>& values, std::int64_t neighbor_count,
                                   ThreadPool& pool) {
  require_usable(values.rows(), neighbor_count);
  return graph_of(values.rows(),
                  edges_of(neighbors::find_neighbors(values, neighbor_count - 1, pool), values.rows()));
}

}  // namespace regimetry::regimes
