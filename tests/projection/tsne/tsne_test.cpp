#include "projection/tsne/tsne.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"

namespace regimetry::projection {
namespace {

MatrixF two_groups(int count, int width) {
  RngStream stream(31);
  MatrixF rows(count, width);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < width; ++j) rows(i, j) = static_cast<float>(10 * (i % 2) + stream.normal());
  return rows;
}

TsneMap map_of(const MatrixF& rows, const TsneOptions& options = {}, int threads = 1) {
  ThreadPool pool(threads);
  return tsne(rows, options, Rng(42), pool, silent_observer());
}

// Whether the nearest point on the map is of the same group (even or odd row).
double share_beside_their_own(const MatrixF& map) {
  int same = 0;
  for (int i = 0; i < map.rows(); ++i) {
    int nearest = i == 0 ? 1 : 0;
    for (int j = 0; j < map.rows(); ++j)
      if (j != i && (map.row(j) - map.row(i)).squaredNorm() < (map.row(nearest) - map.row(i)).squaredNorm())
        nearest = j;
    same += nearest % 2 == i % 2 ? 1 : 0;
  }
  return static_cast<double>(same) / static_cast<double>(map.rows());
}

TEST(Tsne, KeepsGroupsApart) {
  const TsneMap map = map_of(two_groups(300, 5));
  EXPECT_EQ(share_beside_their_own(map.coordinates), 1.0);
  EXPECT_EQ(map.perplexity, 30);
  EXPECT_TRUE(map.notes.empty());
  EXPECT_GT(map.divergence, 0);
  EXPECT_LT(map.divergence, 1.5);
  EXPECT_NEAR(map.coordinates.colwise().mean().norm(), 0, 1e-3);
}

TEST(Tsne, TreeAndExactForcesGiveMapsOfTheSameDivergence) {
  const MatrixF rows = two_groups(1500, 6);
  TsneOptions options;
  options.iterations = 500;
  const double by_tree = map_of(rows, options, 2).divergence;
  options.most_exact_rows = 2000;
  EXPECT_NEAR(by_tree, map_of(rows, options, 2).divergence, 0.03);
}

TEST(Tsne, IsBitIdenticalForAnyThreadCount) {
  for (const int count : {200, 1400}) {
    TsneOptions options;
    options.iterations = 120;
    options.exaggerated_iterations = 60;
    EXPECT_TRUE(map_of(two_groups(count, 4), options, 1).coordinates ==
                map_of(two_groups(count, 4), options, 2).coordinates)
        << count;
  }
}

TEST(Tsne, LowersThePerplexityOfFewRowsAndSaysSo) {
  const TsneMap map = map_of(two_groups(31, 3));
  EXPECT_EQ(map.perplexity, 10);
  EXPECT_THAT(map.notes, testing::ElementsAre(testing::HasSubstr("lowered from 30 to 10")));
}

TEST(Tsne, MapsOneToFiveRows) {
  for (int count = 1; count <= 5; ++count) {
    const TsneMap map = map_of(two_groups(count, 3));
    EXPECT_EQ(map.coordinates.rows(), count);
    EXPECT_TRUE(map.coordinates.allFinite()) << count;
  }
}

TEST(Tsne, PutsEqualRowsOnOneSpotAndCopesWithNothingElse) {
  MatrixF rows = two_groups(100, 3);
  rows.row(50) = rows.row(10);
  const MatrixF map = map_of(rows).coordinates;
  EXPECT_LT((map.row(50) - map.row(10)).norm(), 0.5);
  EXPECT_TRUE(map_of(MatrixF::Ones(60, 3)).coordinates.allFinite());
  EXPECT_TRUE(map_of(two_groups(60, 1)).coordinates.allFinite());
}

TEST(Tsne, RefusesUnusableOptionsAndRows) {
  EXPECT_THROW((void)map_of(two_groups(50, 2), {.perplexity = 0.5}), Error);
  EXPECT_THROW((void)map_of(two_groups(50, 2), {.angle = 2}), Error);
  EXPECT_THROW((void)map_of(MatrixF(0, 2)), Error);
  MatrixF rows = two_groups(50, 2);
  rows(3, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW((void)map_of(rows), Error);
  EXPECT_EQ(TsneOptions({.perplexity = 0, .iterations = 0}).problems().size(), 2U);
}

}  // namespace
}  // namespace regimetry::projection
