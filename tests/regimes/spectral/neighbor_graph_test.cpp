#include "regimes/spectral/neighbor_graph.hpp"

#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

MatrixD matrix_of(const NeighborGraph& graph) {
  MatrixD matrix = MatrixD::Zero(graph.row_count(), graph.row_count());
  for (std::size_t row = 0; row + 1 < graph.begins.size(); ++row) {
    for (std::int64_t edge = graph.begins[row]; edge < graph.begins[row + 1]; ++edge)
      matrix(static_cast<Eigen::Index>(row), graph.columns[static_cast<std::size_t>(edge)]) +=
          static_cast<double>(graph.weights[static_cast<std::size_t>(edge)]);
  }
  return matrix;
}

NeighborGraph build(const MatrixF& values, std::int64_t neighbor_count) {
  ThreadPool pool(2);
  return build_neighbor_graph(values, neighbor_count, pool);
}

TEST(NeighborGraph, OfFourPointsOnALine) {
  // With one other neighbour each: 0 -> 1, 1 -> 0, 3 -> 1, 10 -> 3. Only 0 and 1 name each other.
  MatrixF values(4, 1);
  values << 0, 1, 3, 10;
  MatrixD expected(4, 4);
  expected << 0, 1, 0, 0,  //
      1, 0, 0.5, 0,        //
      0, 0.5, 0, 0.5,      //
      0, 0, 0.5, 0;
  EXPECT_EQ(matrix_of(build(values, 2)), expected);
}

TEST(NeighborGraph, IsHalfOfBothDirections) {
  const MatrixF values = random_rows(200, 4);
  MatrixD named = MatrixD::Zero(200, 200);
  for (int row = 0; row < 200; ++row) {
    std::vector<std::pair<double, int>> others;
    for (int other = 0; other < 200; ++other) {
      if (other != row)
        others.emplace_back((values.row(row) - values.row(other)).cast<double>().norm(), other);
    }
    std::sort(others.begin(), others.end());
    for (std::size_t i = 0; i < 9; ++i) named(row, others[i].second) = 1;
  }
  EXPECT_EQ(matrix_of(build(values, 10)), MatrixD((named + named.transpose()) / 2));
}

TEST(NeighborGraph, ListsColumnsInOrder) {
  const NeighborGraph graph = build(random_rows(300, 3), 7);
  for (std::size_t row = 0; row + 1 < graph.begins.size(); ++row) {
    for (std::int64_t edge = graph.begins[row] + 1; edge < graph.begins[row + 1]; ++edge)
      EXPECT_LT(graph.columns[static_cast<std::size_t>(edge - 1)],
                graph.columns[static_cast<std::size_t>(edge)]);
  }
}

TEST(NeighborGraph, OfAllRowsJoinsEveryPair) {
  const MatrixD matrix = matrix_of(build(random_rows(10, 2), 10));
  EXPECT_EQ(matrix, MatrixD(MatrixD::Ones(10, 10) - MatrixD::Identity(10, 10)));
}

TEST(NeighborGraph, NeedsAsManyRowsAsNeighbors) {
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)build(random_rows(9, 2), 10); }),
              HasSubstr("There are 9 rows, but each is to be joined to 10 neighbours"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [] { (void)build(random_rows(9, 2), 1); }),
              HasSubstr("at least 2"));
}

}  // namespace
}  // namespace regimetry::regimes
