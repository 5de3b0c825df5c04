#include "regimes/spectral/normalized_adjacency.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/support/plain_product.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

MatrixD random_block(std::int64_t rows, std::int64_t columns) {
  return random_rows(rows, columns, 9).cast<double>();
}

TEST(NormalizedAdjacency, DividesByTheRootsOfBothDegrees) {
  // A path of three rows: degrees 1, 2, 1.
  const NeighborGraph graph = graph_of(3, {{0, 1, 1.0F}, {1, 2, 1.0F}});
  const NormalizedAdjacency adjacency(graph);
  for (const double value : adjacency.values()) EXPECT_NEAR(value, 1 / std::sqrt(2.0), 1e-15);
  EXPECT_NEAR(adjacency.first_vector()[0], 0.5, 1e-15);
  EXPECT_NEAR(adjacency.first_vector()[1], std::sqrt(0.5), 1e-15);
}

TEST(NormalizedAdjacency, MultipliesAsTheFullMatrixDoes) {
  ThreadPool pool(2);
  const NeighborGraph graph = build_neighbor_graph(random_rows(400, 3), 10, pool);
  const NormalizedAdjacency adjacency(graph);
  MatrixD full = MatrixD::Zero(400, 400);
  for (std::size_t row = 0; row < 400; ++row) {
    for (std::int64_t edge = graph.begins[row]; edge < graph.begins[row + 1]; ++edge)
      full(static_cast<Eigen::Index>(row), graph.columns[static_cast<std::size_t>(edge)]) =
          adjacency.values()[static_cast<std::size_t>(edge)];
  }
  for (const int columns : {8, 16, 24}) {
    const MatrixD x = random_block(400, columns), previous = random_block(400, columns);
    EXPECT_NEAR((adjacency.multiply(x, pool) - plain_product(full, x)).cwiseAbs().maxCoeff(), 0, 1e-14);
    MatrixD out = previous;
    adjacency.multiply(x, 2, 0.25, -3, out, out, pool);
    EXPECT_NEAR((out - (2 * (plain_product(full, x) - 0.25 * x) - 3 * previous)).cwiseAbs().maxCoeff(), 0,
                1e-13);
  }
}

TEST(NormalizedAdjacency, KeepsItsFirstVector) {
  ThreadPool pool(1);
  const NeighborGraph graph = build_neighbor_graph(random_rows(500, 3), 10, pool);
  const NormalizedAdjacency adjacency(graph);
  MatrixD x = MatrixD::Zero(500, 8);
  x.col(0) = adjacency.first_vector();
  EXPECT_NEAR((adjacency.multiply(x, pool) - x).norm(), 0, 1e-14);
}

}  // namespace
}  // namespace regimetry::regimes
