#include "regimes/spectral/leading_eigenvectors.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/spectral/join_components.hpp"
#include "regimes/spectral/symmetric_eigenpairs.hpp"
#include "regimes/support/golden_rows.hpp"
#include "regimes/support/path_graph.hpp"
#include "regimes/support/plain_product.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

LeadingEigenvectors solve(const NeighborGraph& graph, std::int64_t count, int threads = 2) {
  ThreadPool pool(threads);
  return find_leading_eigenvectors(NormalizedAdjacency(graph), count, RngStream(1), pool);
}

NeighborGraph graph_of_rows(const MatrixF& values) {
  ThreadPool pool(2);
  return join_components(build_neighbor_graph(values, 10, pool), values, pool).graph;
}

MatrixD full_matrix(const NeighborGraph& graph) {
  const NormalizedAdjacency adjacency(graph);
  MatrixD full = MatrixD::Zero(graph.row_count(), graph.row_count());
  for (std::size_t row = 0; row + 1 < graph.begins.size(); ++row) {
    for (std::int64_t edge = graph.begins[row]; edge < graph.begins[row + 1]; ++edge)
      full(static_cast<Eigen::Index>(row), graph.columns[static_cast<std::size_t>(edge)]) =
          adjacency.values()[static_cast<std::size_t>(edge)];
  }
  return full;
}

// Against the full matrix: values, residuals computed here, and the space that the vectors span.
void expect_leading(const NeighborGraph& graph, std::int64_t count, double angle = 1e-3) {
  const MatrixD full = full_matrix(graph);
  const LeadingEigenvectors found = solve(graph, count);
  const SymmetricEigenpairs truth = solve_by_rotations(full);
  const MatrixD expected = truth.vectors.leftCols(count);
  EXPECT_TRUE(found.has_converged) << found.solver;
  EXPECT_NEAR((found.values - truth.values.head(count)).cwiseAbs().maxCoeff(), 0, 1e-9);
  const MatrixD residual = plain_product(full, found.vectors) - found.vectors * found.values.asDiagonal();
  EXPECT_LT(std::sqrt(residual.colwise().squaredNorm().maxCoeff()), 1e-6);
  EXPECT_NEAR(std::sqrt(residual.colwise().squaredNorm().maxCoeff()), found.largest_residual, 1e-12);
  const MatrixD identity = MatrixD::Identity(count, count);
  EXPECT_NEAR((plain_product(found.vectors.transpose(), found.vectors) - identity).cwiseAbs().maxCoeff(), 0,
              1e-9);
  const MatrixD shares = plain_product(expected.transpose(), found.vectors);
  const MatrixD outside = found.vectors - plain_product(expected, shares);
  EXPECT_LT(std::sqrt(outside.colwise().squaredNorm().maxCoeff()), angle);
}

TEST(LeadingEigenvectors, OfRowsWithoutOrder) {
  expect_leading(graph_of_rows(random_rows(300, 20)), 2);
  expect_leading(graph_of_rows(random_rows(300, 3)), 6);
}
TEST(LeadingEigenvectors, OfGroups) {
  expect_leading(graph_of_rows(touching().topRows(300)), 4);
  expect_leading(graph_of_rows(apart().topRows(300)), 4);
  expect_leading(graph_of_rows(rings().topRows(300)), 9);
}
TEST(LeadingEigenvectors, OfAWalk) {
  expect_leading(graph_of_rows(random_walk(300, 8)), 8);
}
TEST(LeadingEigenvectors, OfManyPartsAndDuplicates) {
  // 20 clumps of 15 rows, of which 10 are the same row.
  MatrixF values = random_rows(300, 3) * 0.01F;
  const MatrixF middles = random_rows(20, 3, 2);
  for (int row = 0; row < 300; ++row)
    values.row(row) = (row < 200 ? 0 : 1) * values.row(row) + middles.row(row % 20);
  expect_leading(graph_of_rows(values), 12);
}
TEST(LeadingEigenvectors, OfFewRows) {
  expect_leading(graph_of_rows(few()), 5);
  expect_leading(graph_of_rows(random_rows(12, 2)), 12);
  const LeadingEigenvectors one = solve(graph_of_rows(random_rows(500, 2)), 1);
  EXPECT_EQ(one.values[0], 1);
  EXPECT_GT(one.vectors.minCoeff(), 0);
}

TEST(LeadingEigenvectors, OfALongPathAreItsCosines) {
  // Eigenvalues 5e-9 apart: a vector with a residual of 1e-7 could be any mixture of the first five.
  constexpr std::int64_t kRows = 30'000, kCount = 9;
  const LeadingEigenvectors found = solve(path_graph(kRows), kCount);
  EXPECT_TRUE(found.has_converged);
  EXPECT_EQ(found.solver, "inverse");
  EXPECT_LT(found.largest_residual, 1e-10);
  for (std::int64_t j = 0; j < kCount; ++j) {
    EXPECT_NEAR((1 - found.values[j]) / path_eigenvalue(kRows, std::max<std::int64_t>(j, 1)), j == 0 ? 0 : 1,
                1e-5);
    EXPECT_NEAR(std::abs(found.vectors.col(j).dot(path_eigenvector(kRows, j))), 1, 1e-6) << j;
  }
}

TEST(LeadingEigenvectors, OfALongWalkTakeFewProducts) {
  const LeadingEigenvectors found = solve(graph_of_rows(random_walk(20'000, 6)), 4);
  EXPECT_TRUE(found.has_converged);
  EXPECT_EQ(found.solver, "inverse");
  EXPECT_LT(found.products, 1500);
}

TEST(LeadingEigenvectors, HaveTheSameBitsOnAnyNumberOfThreads) {
  for (const NeighborGraph& graph : {graph_of_rows(phases(3000)), path_graph(5000)}) {
    const LeadingEigenvectors one = solve(graph, 5, 1), four = solve(graph, 5, 4);
    EXPECT_EQ(one.values, four.values);
    EXPECT_EQ(one.vectors, four.vectors);
  }
}

TEST(LeadingEigenvectors, HaveTheirLargestValuePositive) {
  const LeadingEigenvectors found = solve(graph_of_rows(random_rows(800, 3)), 6);
  for (Eigen::Index column = 0; column < 6; ++column)
    EXPECT_EQ(found.vectors.col(column).cwiseAbs().maxCoeff(), found.vectors.col(column).maxCoeff());
}

}  // namespace
}  // namespace regimetry::regimes
