#include "regimes/spectral/join_components.hpp"

#include <gtest/gtest.h>

#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

JoinedGraph join(const MatrixF& values, std::int64_t neighbor_count) {
  ThreadPool pool(2);
  return join_components(build_neighbor_graph(values, neighbor_count, pool), values, pool);
}

TEST(JoinComponents, NumbersPartsByTheirFirstRows) {
  MatrixF values(6, 1);
  values << 0, 100, 1, 101, 200, 201;
  ThreadPool pool(1);
  const Components components = find_components(build_neighbor_graph(values, 2, pool));
  EXPECT_EQ(components.count, 3);
  EXPECT_EQ(components.of_row, (std::vector<std::int32_t>{0, 1, 0, 1, 2, 2}));
}

TEST(JoinComponents, AddsTheShortestLinks) {
  // Pairs at 0, 100 and 250: 1 to 100 and 101 to 250 are the shortest; 0 and 250 are not joined.
  MatrixF values(6, 1);
  values << 0, 1, 100, 101, 250, 251;
  const JoinedGraph joined = join(values, 2);
  EXPECT_EQ(joined.part_count, 3);
  EXPECT_EQ(joined.smallest_part, 2);
  ASSERT_EQ(joined.links.size(), 2U);
  EXPECT_EQ(joined.links[0].from, 1);
  EXPECT_EQ(joined.links[0].to, 2);
  EXPECT_EQ(joined.links[1].from, 3);
  EXPECT_EQ(joined.links[1].to, 4);
  EXPECT_EQ(find_components(joined.graph).count, 1);
}

TEST(JoinComponents, LeavesAGraphInOnePartAsItIs) {
  const MatrixF values = random_rows(300, 2);
  ThreadPool pool(2);
  const NeighborGraph graph = build_neighbor_graph(values, 10, pool);
  ASSERT_EQ(find_components(graph).count, 1);
  const JoinedGraph joined = join(values, 10);
  EXPECT_EQ(joined.part_count, 1);
  EXPECT_TRUE(joined.links.empty());
  EXPECT_EQ(joined.graph.columns, graph.columns);
}

TEST(JoinComponents, MakesAMinimumSpanningTreeOfTheParts) {
  // 60 clumps of 20 rows: the links must be as long in sum as Prim's over all pairs of clumps.
  constexpr int kClumps = 60, kRows = 20;
  const MatrixF middles = random_rows(kClumps, 3, 5);
  MatrixF values = random_rows(kClumps * kRows, 3, 6) * 1e-3F;
  for (int row = 0; row < values.rows(); ++row) values.row(row) += middles.row(row % kClumps);
  const JoinedGraph joined = join(values, 10);
  ASSERT_EQ(joined.part_count, kClumps);
  ASSERT_EQ(joined.links.size(), static_cast<std::size_t>(kClumps - 1));
  const auto distance = [&](int a, int b) {
    return static_cast<double>((values.row(a) - values.row(b)).norm());
  };
  double total = 0;
  for (const WeightedEdge& link : joined.links) total += distance(link.from, link.to);

  std::vector<double> nearest(kClumps, std::numeric_limits<double>::infinity());
  std::vector<bool> is_in(kClumps, false);
  double expected = 0;
  int clump = 0;
  for (int step = 1; step < kClumps; ++step) {
    is_in[static_cast<std::size_t>(clump)] = true;
    for (int a = clump; a < values.rows(); a += kClumps) {
      for (int b = 0; b < values.rows(); ++b) {
        double& least = nearest[static_cast<std::size_t>(b % kClumps)];
        if (!is_in[static_cast<std::size_t>(b % kClumps)]) least = std::min(least, distance(a, b));
      }
    }
    clump = -1;
    for (int other = 0; other < kClumps; ++other) {
      if (!is_in[static_cast<std::size_t>(other)] &&
          (clump < 0 || nearest[static_cast<std::size_t>(other)] < nearest[static_cast<std::size_t>(clump)]))
        clump = other;
    }
    expected += nearest[static_cast<std::size_t>(clump)];
  }
  EXPECT_NEAR(total, expected, 1e-5);
}

}  // namespace
}  // namespace regimetry::regimes
