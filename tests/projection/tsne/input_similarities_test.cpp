#include "projection/tsne/input_similarities.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.hpp"

namespace regimetry::projection {
namespace {

MatrixF random_rows(int count, int width) {
  RngStream stream(21);
  MatrixF rows(count, width);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < width; ++j) rows(i, j) = static_cast<float>(stream.normal());
  return rows;
}

TEST(InputSimilarities, AddUpToOneAndAreSymmetric) {
  ThreadPool pool(2);
  const SymmetricGraph graph =
      input_similarities(neighbors::find_neighbors(random_rows(200, 4), 30, pool), 10, pool);
  MatrixD dense = MatrixD::Zero(200, 200);
  for (std::int64_t i = 0; i < graph.size(); ++i)
    for (auto e = static_cast<std::size_t>(graph.row_begins[static_cast<std::size_t>(i)]);
         e < static_cast<std::size_t>(graph.row_begins[static_cast<std::size_t>(i) + 1]); ++e)
      dense(i, graph.neighbors[e]) = graph.weights[e];
  EXPECT_NEAR(dense.sum(), 1, 1e-12);
  EXPECT_TRUE(dense.isApprox(dense.transpose(), 0));
  EXPECT_EQ(dense.diagonal().sum(), 0);
}

TEST(InputSimilarities, GiveEachPointAsManyNeighboursAsThePerplexitySays) {
  // One list of distances, read as if all points of a ring saw the same: a ring keeps the weights of both
  // directions equal, so entropy can be read off the joined graph.
  constexpr int kPoints = 400;
  MatrixF rows(kPoints, 2);
  for (int i = 0; i < kPoints; ++i)
    rows.row(i) << static_cast<float>(100 * std::cos(2 * M_PI * i / kPoints)),
        static_cast<float>(100 * std::sin(2 * M_PI * i / kPoints));
  ThreadPool pool(1);
  const SymmetricGraph graph = input_similarities(neighbors::find_neighbors(rows, 60, pool), 20, pool);
  double entropy = 0, total = 0;
  for (auto e = static_cast<std::size_t>(graph.row_begins[7]);
       e < static_cast<std::size_t>(graph.row_begins[8]); ++e) {
    const double weight = graph.weights[e] * kPoints;
    if (weight > 0) entropy -= weight * std::log(weight);
    total += weight;
  }
  EXPECT_NEAR(total, 1, 1e-3);
  EXPECT_NEAR(std::exp(entropy), 20, 0.1);
}

TEST(InputSimilarities, WeighDuplicatesEvenly) {
  ThreadPool pool(1);
  const SymmetricGraph graph =
      input_similarities(neighbors::find_neighbors(MatrixF::Ones(5, 3), 4, pool), 2, pool);
  for (const double weight : graph.weights) EXPECT_NEAR(weight, 1.0 / 20, 1e-12);
}

}  // namespace
}  // namespace regimetry::projection
