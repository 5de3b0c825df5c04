#include "projection/umap/umap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/error.hpp"

namespace regimetry::projection {
namespace {

// Even rows around 0, odd ones around 10.
MatrixF two_groups(int count, int width, std::uint64_t key = 41) {
  RngStream stream(key);
  MatrixF rows(count, width);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < width; ++j) rows(i, j) = static_cast<float>(10 * (i % 2) + stream.normal());
  return rows;
}

UmapMap map_of(const MatrixF& rows, const UmapOptions& options = {}, int threads = 1) {
  ThreadPool pool(threads);
  return UmapMap(rows, options, Rng(42), pool, silent_observer());
}

// Whether the nearest point of `map` to each point of `placed` is of the same group (even or odd row).
double share_beside_their_own(const MatrixF& placed, const MatrixF& map, bool is_same_map) {
  int same = 0;
  for (int i = 0; i < placed.rows(); ++i) {
    int nearest = -1;
    for (int j = 0; j < map.rows(); ++j) {
      if (is_same_map && i == j) continue;
      if (nearest < 0 ||
          (map.row(j) - placed.row(i)).squaredNorm() < (map.row(nearest) - placed.row(i)).squaredNorm())
        nearest = j;
    }
    same += nearest % 2 == i % 2 ? 1 : 0;
  }
  return static_cast<double>(same) / static_cast<double>(placed.rows());
}

TEST(Umap, KeepsGroupsApart) {
  const UmapMap map = map_of(two_groups(300, 5));
  EXPECT_EQ(share_beside_their_own(map.coordinates(), map.coordinates(), true), 1.0);
  EXPECT_EQ(map.neighbor_count(), 15);
  EXPECT_TRUE(map.notes().empty());
}

TEST(Umap, PlacesNewRowsInTheirGroupWithoutMovingTheMap) {
  ThreadPool pool(2);
  const UmapMap map = map_of(two_groups(300, 5));
  const MatrixF before = map.coordinates();
  const MatrixF placed = map.transform(two_groups(80, 5, 99), pool);
  EXPECT_EQ(share_beside_their_own(placed, before, false), 1.0);
  EXPECT_TRUE(map.coordinates() == before);
  EXPECT_EQ(map.transform(MatrixF(0, 5), pool).rows(), 0);
}

TEST(Umap, PlacesTheRowsOfTheFitNearThemselves) {
  ThreadPool pool(2);
  MatrixF line(400, 3);
  for (int i = 0; i < 400; ++i) line.row(i).setConstant(static_cast<float>(i));
  const UmapMap map = map_of(line);
  const MatrixF placed = map.transform(line, pool);
  const float extent =
      (map.coordinates().colwise().maxCoeff() - map.coordinates().colwise().minCoeff()).norm();
  EXPECT_LT((placed - map.coordinates()).rowwise().norm().mean(), 0.03F * extent);
}

TEST(Umap, IsBitIdenticalForAnyThreadCount) {
  ThreadPool one(1), three(3);
  const UmapMap a = map_of(two_groups(700, 4), {.epochs = 60}, 1),
                b = map_of(two_groups(700, 4), {.epochs = 60}, 3);
  EXPECT_TRUE(a.coordinates() == b.coordinates());
  EXPECT_TRUE(a.transform(two_groups(200, 4, 5), one) == b.transform(two_groups(200, 4, 5), three));
}

TEST(Umap, LowersNeighbourhoodsOfFewRowsAndSaysSo) {
  const UmapMap map = map_of(two_groups(8, 3));
  EXPECT_EQ(map.neighbor_count(), 8);
  EXPECT_THAT(map.notes(), testing::ElementsAre(testing::HasSubstr("lowered from 15 to 8")));
}

TEST(Umap, MapsOneToFiveRowsAndPlacesAmongThem) {
  ThreadPool pool(1);
  for (int count = 1; count <= 5; ++count) {
    const UmapMap map = map_of(two_groups(count, 3));
    EXPECT_EQ(map.coordinates().rows(), count);
    EXPECT_TRUE(map.coordinates().allFinite()) << count;
    EXPECT_TRUE(map.transform(two_groups(3, 3), pool).allFinite()) << count;
  }
}

TEST(Umap, TakesEqualRowsAndASingleColumn) {
  EXPECT_TRUE(map_of(MatrixF::Ones(60, 3)).coordinates().allFinite());
  EXPECT_TRUE(map_of(two_groups(60, 1)).coordinates().allFinite());
}

TEST(Umap, RefusesUnusableOptionsAndRows) {
  ThreadPool pool(1);
  EXPECT_THROW((void)map_of(two_groups(50, 2), {.neighbor_count = 1}), Error);
  EXPECT_THROW((void)map_of(two_groups(50, 2), {.min_dist = 2}), Error);
  EXPECT_THROW((void)map_of(MatrixF(0, 2)), Error);
  EXPECT_THROW((void)map_of(two_groups(50, 2)).transform(two_groups(5, 3), pool), Error);
  MatrixF rows = two_groups(50, 2);
  rows(3, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW((void)map_of(rows), Error);
}

}  // namespace
}  // namespace regimetry::projection
