#include "regimes/spectral/inverse_lanczos.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/support/path_graph.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

TEST(InverseLanczos, FindsTheVectorsOfALongPath) {
  const NeighborGraph graph = path_graph(20'000);
  const NormalizedAdjacency adjacency(graph);
  ThreadPool pool(2);
  const std::optional<MatrixD> vectors = inverse_lanczos(adjacency, 8, 1e9, RngStream(1), pool);
  ASSERT_TRUE(vectors.has_value());
  for (std::int64_t j = 1; j <= 5; ++j)
    EXPECT_NEAR(std::abs(vectors->col(j - 1).dot(path_eigenvector(20'000, j))), 1, 1e-9) << j;
}

TEST(InverseLanczos, DeclinesAFactorThatCostsTooMuch) {
  ThreadPool pool(2);
  // Rows without any order: the factor is nearly a full matrix.
  const NeighborGraph graph = build_neighbor_graph(random_rows(1500, 20), 10, pool);
  const NormalizedAdjacency adjacency(graph);
  EXPECT_FALSE(inverse_lanczos(adjacency, 8, 1e6, RngStream(1), pool).has_value());
  EXPECT_TRUE(inverse_lanczos(adjacency, 8, 1e12, RngStream(1), pool).has_value());
}

}  // namespace
}  // namespace regimetry::regimes
