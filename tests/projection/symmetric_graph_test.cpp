#include "projection/symmetric_graph.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry::projection {
namespace {

TEST(SymmetricGraph, JoinsBothDirectionsOfAPair) {
  // 0 -> 1, 1 -> 2, 2 -> 1: the pair (1, 2) is there both ways, (0, 1) one way.
  const std::vector<std::int32_t> indices = {1, 2, 1};
  const std::vector<double> weights = {0.5, 0.25, 0.75};
  const SymmetricGraph graph =
      join_with_reverse(indices, weights, 1, [](double there, double back) { return there + back; });
  EXPECT_EQ(graph.row_begins, (std::vector<std::int64_t>{0, 1, 3, 4}));
  EXPECT_EQ(graph.neighbors, (std::vector<std::int32_t>{1, 0, 2, 1}));
  EXPECT_EQ(graph.weights, (std::vector<double>{0.5, 0.5, 1.0, 1.0}));
}

TEST(SymmetricGraph, OrdersNeighboursWhateverTheOrderOfTheLists) {
  const std::vector<std::int32_t> indices = {2, 1, 2, 0, 1, 0};
  const std::vector<double> weights(6, 1.0);
  const SymmetricGraph graph =
      join_with_reverse(indices, weights, 2, [](double a, double b) { return a * b; });
  EXPECT_EQ(graph.neighbors, (std::vector<std::int32_t>{1, 2, 0, 2, 0, 1}));
  EXPECT_EQ(graph.weights, weights);
}

}  // namespace
}  // namespace regimetry::projection
