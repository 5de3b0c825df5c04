#include "projection/umap/fuzzy_graph.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace regimetry::projection {
namespace {

// umap.umap_.smooth_knn_dist of [0, 1, 2, 3, 4] and [0, 0, .5, .75, 4] with k = 5, umap-learn 0.5.3.
TEST(FuzzyGraph, ReachIsThatOfUmapLearn) {
  const std::array<float, 4> distances = {1, 2, 3, 4};
  const Reach reach = find_reach(distances, 1, 1.0);
  EXPECT_EQ(reach.nearest, 1);
  EXPECT_NEAR(reach.width, 2.2636108, 1e-4);
  const std::array<float, 4> with_duplicate = {0, 0.5F, 0.75F, 4};
  const Reach second = find_reach(with_duplicate, 1, 1.0);
  EXPECT_EQ(second.nearest, 0.5);
  EXPECT_NEAR(second.width, 0.2205658, 1e-4);
}

TEST(FuzzyGraph, MembershipsAddUpToTheLogarithmOfTheNeighbourhood) {
  ThreadPool pool(2);
  MatrixF line(40, 1);
  for (int i = 0; i < 40; ++i) line(i, 0) = static_cast<float>(i * i);
  const neighbors::NeighborLists lists = neighbors::find_neighbors(line, 7, pool);
  const std::vector<double> weights = memberships(lists, 1, pool);
  for (std::size_t i = 0; i < 40; ++i) {
    double sum = 0;
    for (std::size_t j = 7 * i; j < 7 * i + 7; ++j) sum += weights[j];
    EXPECT_NEAR(sum, 3, 1e-4);  // log2(7 + 1)
    EXPECT_EQ(weights[7 * i], 1);
  }
}

TEST(FuzzyGraph, IsTheUnionOfBothDirections) {
  ThreadPool pool(1);
  MatrixF line(3, 1);
  line << 0, 1, 3;  // nearest: 0 -> 1, 1 -> 0, 2 -> 1
  const SymmetricGraph graph = fuzzy_graph(neighbors::find_neighbors(line, 1, pool), pool);
  EXPECT_EQ(graph.neighbors, (std::vector<std::int32_t>{1, 0, 2, 1}));
  for (const double weight : graph.weights) EXPECT_EQ(weight, 1);  // 1 + 1 - 1 and 1 + 0 - 0
}

TEST(FuzzyGraph, TakesEqualRows) {
  ThreadPool pool(1);
  const SymmetricGraph graph = fuzzy_graph(neighbors::find_neighbors(MatrixF::Ones(6, 2), 3, pool), pool);
  for (const double weight : graph.weights) EXPECT_EQ(weight, 1);
}

}  // namespace
}  // namespace regimetry::projection
