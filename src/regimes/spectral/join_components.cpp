#include "regimes/spectral/join_components.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "neighbors/nearest_neighbors.hpp"

namespace regimetry::regimes {
namespace {

std::vector<std::int64_t> sizes_of(const Components& components) {
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(components.count));
  for (const std::int32_t part : components.of_row) ++sizes[static_cast<std::size_t>(part)];
  return sizes;
}

struct Link {
  float distance = 0;
  std::int32_t from = 0, to = 0;  // from < to
  bool operator<(const Link& other) const {
    return std::tie(distance, from, to) < std::tie(other.distance, other.from, other.to);
  }
};

// The shortest link of each part to the rest. The largest part need not look: one link at least of every
// other part leads on, and the next round finds what is left.
std::vector<Link> shortest_links(const Components& components, const Eigen::Ref<const MatrixF>& values,
                                 ThreadPool& pool) {
  const std::vector<std::int64_t> sizes = sizes_of(components);
  const auto largest =
      static_cast<std::int32_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
  // Part by part, so that the rows a query may not have are one range.
  std::vector<std::int32_t> order(components.of_row.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    return components.of_row[static_cast<std::size_t>(a)] < components.of_row[static_cast<std::size_t>(b)];
  });
  MatrixF points(values.rows(), values.cols());
  std::vector<std::int64_t> begins(sizes.size() + 1);
  std::partial_sum(sizes.begin(), sizes.end(), begins.begin() + 1);
  std::vector<std::int64_t> queries;  // places in `order`
  std::vector<IndexRange> excluded;
  for (std::size_t place = 0; place < order.size(); ++place) {
    points.row(static_cast<Eigen::Index>(place)) = values.row(order[place]);
    const std::int32_t part = components.of_row[static_cast<std::size_t>(order[place])];
    if (part == largest) continue;
    queries.push_back(static_cast<std::int64_t>(place));
    excluded.push_back({begins[static_cast<std::size_t>(part)], begins[static_cast<std::size_t>(part) + 1]});
  }
  MatrixF query_values(static_cast<Eigen::Index>(queries.size()), values.cols());
  for (std::size_t i = 0; i < queries.size(); ++i)
    query_values.row(static_cast<Eigen::Index>(i)) = points.row(queries[i]);
  const neighbors::NeighborLists nearest = neighbors::find_neighbors(query_values, points, excluded, 1, pool);
  std::vector<Link> shortest(sizes.size());
  std::vector<bool> has_link(sizes.size(), false);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const std::int32_t row = order[static_cast<std::size_t>(queries[i])];
    const std::int32_t other = order[static_cast<std::size_t>(nearest.indices[i])];
    const auto part = static_cast<std::size_t>(components.of_row[static_cast<std::size_t>(row)]);
    const Link link{nearest.distances[i], std::min(row, other), std::max(row, other)};
    if (!has_link[part] || link < shortest[part]) shortest[part] = link;
    has_link[part] = true;
  }
  std::vector<Link> links;
  for (std::size_t part = 0; part < sizes.size(); ++part) {
    if (has_link[part]) links.push_back(shortest[part]);
  }
  return links;
}

class PartSets {
 public:
  explicit PartSets(std::int32_t count) : parents_(static_cast<std::size_t>(count)) {
    std::iota(parents_.begin(), parents_.end(), 0);
  }
  // False when both were in the same set already.
  bool unite(std::int32_t a, std::int32_t b) {
    a = root(a);
    b = root(b);
    parents_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    return a != b;
  }

 private:
  std::int32_t root(std::int32_t part) const {
    while (parents_[static_cast<std::size_t>(part)] != part) part = parents_[static_cast<std::size_t>(part)];
    return part;
  }
  std::vector<std::int32_t> parents_;
};

std::vector<WeightedEdge> edges_of(const NeighborGraph& graph) {
  std::vector<WeightedEdge> edges;
  for (std::int32_t row = 0; row < graph.row_count(); ++row) {
    for (std::int64_t edge = graph.begins[static_cast<std::size_t>(row)];
         edge < graph.begins[static_cast<std::size_t>(row) + 1]; ++edge) {
      const std::int32_t other = graph.columns[static_cast<std::size_t>(edge)];
      if (row < other) edges.push_back({row, other, graph.weights[static_cast<std::size_t>(edge)]});
    }
  }
  return edges;
}

}  // namespace

Components find_components(const NeighborGraph& graph) {
  Components components;
  components.of_row.assign(static_cast<std::size_t>(graph.row_count()), -1);
  std::vector<std::int32_t> open;
  for (std::int32_t first = 0; first < graph.row_count(); ++first) {
    if (components.of_row[static_cast<std::size_t>(first)] >= 0) continue;
    open.push_back(first);
    components.of_row[static_cast<std::size_t>(first)] = components.count;
    while (!open.empty()) {
      const auto row = static_cast<std::size_t>(open.back());
      open.pop_back();
      for (std::int64_t edge = graph.begins[row]; edge < graph.begins[row + 1]; ++edge) {
        const std::int32_t other = graph.columns[static_cast<std::size_t>(edge)];
        if (components.of_row[static_cast<std::size_t>(other)] >= 0) continue;
        components.of_row[static_cast<std::size_t>(other)] = components.count;
        open.push_back(other);
      }
    }
    ++components.count;
  }
  return components;
}

JoinedGraph join_components(NeighborGraph graph, const Eigen::Ref<const MatrixF>& values, ThreadPool& pool) {
  JoinedGraph joined;
  Components components = find_components(graph);
  joined.part_count = components.count;
  const std::vector<std::int64_t> sizes = sizes_of(components);
  joined.smallest_part = *std::min_element(sizes.begin(), sizes.end());
  while (components.count > 1) {
    PartSets sets(components.count);
    std::vector<WeightedEdge> edges = edges_of(graph);
    for (const Link& link : shortest_links(components, values, pool)) {
      if (!sets.unite(components.of_row[static_cast<std::size_t>(link.from)],
                      components.of_row[static_cast<std::size_t>(link.to)]))
        continue;
      joined.links.push_back({link.from, link.to, 1.0F});
      edges.push_back(joined.links.back());
    }
    graph = graph_of(graph.row_count(), edges);
    components = find_components(graph);
  }
  joined.graph = std::move(graph);
  return joined;
}

}  // namespace regimetry::regimes
