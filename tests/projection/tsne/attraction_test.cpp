#include "projection/tsne/attraction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "projection/random_map.hpp"

namespace regimetry::projection {
namespace {

// Every point is joined to the `k` after it, with weights that add up to 1.
SymmetricGraph circle_graph(std::int32_t count, std::int32_t k) {
  std::vector<std::int32_t> indices;
  std::vector<double> weights;
  for (std::int32_t i = 0; i < count; ++i) {
    for (std::int32_t j = 1; j <= k; ++j) {
      indices.push_back((i + j) % count);
      weights.push_back(1.0 / (2.0 * count * k));
    }
  }
  return join_with_reverse(indices, weights, k, [](double there, double back) { return there + back; });
}

TEST(Attraction, PullsTwoPointsTogether) {
  const Attraction attraction(circle_graph(2, 1));
  MapPoints map(2);
  map.x = {0, 2};
  const Attraction::Pull pull = attraction.pull_on(0, map);
  EXPECT_NEAR(pull.x, 0.5 / 5 * -2, 1e-7);  // p = 1/2, q = 1 / (1 + 4)
  EXPECT_EQ(pull.y, 0);
  EXPECT_NEAR(attraction.pull_on(1, map).x, -pull.x, 1e-7);
}

TEST(Attraction, IsTheSumOverEdges) {
  const SymmetricGraph graph = circle_graph(100, 21);  // rows of 42 edges: not whole lanes
  const Attraction attraction(graph);
  const MapPoints map = random_map(100, 1);
  for (std::size_t i = 0; i < 100; ++i) {
    double x = 0, y = 0;
    for (auto e = static_cast<std::size_t>(graph.row_begins[i]);
         e < static_cast<std::size_t>(graph.row_begins[i + 1]); ++e) {
      const auto j = static_cast<std::size_t>(graph.neighbors[e]);
      const double dx = map.x[i] - map.x[j], dy = map.y[i] - map.y[j];
      x += graph.weights[e] / (1 + dx * dx + dy * dy) * dx;
      y += graph.weights[e] / (1 + dx * dx + dy * dy) * dy;
    }
    const Attraction::Pull pull = attraction.pull_on(static_cast<std::int64_t>(i), map);
    EXPECT_NEAR(pull.x, x, 1e-8);
    EXPECT_NEAR(pull.y, y, 1e-8);
  }
}

TEST(Attraction, DivergenceIsZeroWhereTheMapSaysTheSame) {
  // Three points that see each other alike, at the corners of an equilateral triangle.
  const Attraction attraction(circle_graph(3, 2));
  MapPoints map(3);
  map.x = {0, 1, 0.5F};
  map.y = {0, 0, static_cast<float>(std::sqrt(0.75))};
  ThreadPool pool(1);
  EXPECT_NEAR(attraction.divergence(map, 6 / (1.0 + 1.0), pool), 0, 1e-6);
  map.x[2] = 5;
  double q_sum = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      if (i != j) q_sum += 1 / (1 + std::pow(map.x[i] - map.x[j], 2) + std::pow(map.y[i] - map.y[j], 2));
  EXPECT_GT(attraction.divergence(map, q_sum, pool), 0.1);
}

}  // namespace
}  // namespace regimetry::projection
