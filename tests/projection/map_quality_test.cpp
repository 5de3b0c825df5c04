#include "projection/map_quality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/rng.hpp"

namespace regimetry::projection {
namespace {

MatrixF random_rows(int count, int width, std::uint64_t key) {
  RngStream stream(key);
  MatrixF rows(count, width);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < width; ++j) rows(i, j) = static_cast<float>(stream.normal());
  return rows;
}

// All other rows by rising distance, ties by index: the definition, sorted in full.
std::vector<int> others_by_distance(const MatrixF& rows, int row) {
  std::vector<int> others(static_cast<std::size_t>(rows.rows()));
  std::iota(others.begin(), others.end(), 0);
  others.erase(others.begin() + row);
  std::stable_sort(others.begin(), others.end(), [&](int a, int b) {
    return (rows.row(a) - rows.row(row)).squaredNorm() < (rows.row(b) - rows.row(row)).squaredNorm();
  });
  return others;
}

MapQuality plain_quality(const MatrixF& rows, const MatrixF& map, int k) {
  const int count = static_cast<int>(rows.rows());
  double penalty = 0, kept = 0;
  for (int row = 0; row < count; ++row) {
    const std::vector<int> order = others_by_distance(rows, row), on_map = others_by_distance(map, row);
    for (int j = 0; j < k; ++j) {
      const auto rank =
          std::find(order.begin(), order.end(), on_map[static_cast<std::size_t>(j)]) - order.begin() + 1;
      penalty += std::max<double>(0, static_cast<double>(rank) - k);
      kept += rank <= k ? 1 : 0;
    }
  }
  return {1 - 2 * penalty / (count * k * (2.0 * count - 3.0 * k - 1)), kept / (count * k), k, count};
}

TEST(MapQuality, AFaithfulMapIsPerfect) {
  ThreadPool pool(1);
  const MatrixF rows = random_rows(60, 2, 1);
  const MapQuality quality = map_quality(rows, rows * 3, {.neighbor_count = 5}, pool);
  EXPECT_EQ(quality.trustworthiness, 1.0);
  EXPECT_EQ(quality.neighborhood_preservation, 1.0);
  EXPECT_EQ(quality.rows_judged, 60);
}

TEST(MapQuality, AgreesWithTheDefinitionSortedInFull) {
  ThreadPool pool(2);
  for (const int k : {1, 4, 15}) {
    const MatrixF rows = random_rows(101, 6, 2), map = rows.leftCols(2);
    const MapQuality fast = map_quality(rows, map, {.neighbor_count = k}, pool),
                     plain = plain_quality(rows, map, k);
    EXPECT_NEAR(fast.trustworthiness, plain.trustworthiness, 1e-12) << k;
    EXPECT_NEAR(fast.neighborhood_preservation, plain.neighborhood_preservation, 1e-12) << k;
    EXPECT_LT(fast.trustworthiness, 1.0) << k;
  }
}

TEST(MapQuality, CountsEqualRowsByTheirIndex) {
  // Whole numbers, so that many distances tie exactly.
  ThreadPool pool(1);
  MatrixF rows = random_rows(80, 3, 3).array().round();
  MatrixF map = rows.leftCols(2);
  EXPECT_NEAR(map_quality(rows, map, {.neighbor_count = 6}, pool).trustworthiness,
              plain_quality(rows, map, 6).trustworthiness, 1e-12);
}

TEST(MapQuality, ARandomMapKeepsNeighboursByChanceOnly) {
  ThreadPool pool(2);
  const MapQuality quality =
      map_quality(random_rows(1000, 5, 4), random_rows(1000, 2, 5), {.neighbor_count = 10}, pool);
  EXPECT_NEAR(quality.neighborhood_preservation, 10.0 / 999, 0.004);
  EXPECT_NEAR(quality.trustworthiness, 0.5, 0.02);
}

TEST(MapQuality, JudgesAnEvenSampleOfMany) {
  ThreadPool pool(2);
  const MatrixF rows = random_rows(1000, 4, 6), map = rows.leftCols(2);
  const MapQuality all = map_quality(rows, map, {.neighbor_count = 10}, pool);
  const MapQuality some = map_quality(rows, map, {.neighbor_count = 10, .most_rows = 300}, pool);
  EXPECT_EQ(some.rows_judged, 250);  // every 4th
  EXPECT_NEAR(some.trustworthiness, all.trustworthiness, 0.02);
}

TEST(MapQuality, RefusesHalfTheRowsAsNeighboursAndUnequalLengths) {
  ThreadPool pool(1);
  const MatrixF rows = random_rows(10, 3, 7);
  EXPECT_THROW((void)map_quality(rows, rows.leftCols(2), {.neighbor_count = 5}, pool), Error);
  EXPECT_THROW((void)map_quality(rows, rows.leftCols(2), {.neighbor_count = 0}, pool), Error);
  EXPECT_THROW((void)map_quality(rows, rows.topRows(9).leftCols(2), {.neighbor_count = 2}, pool), Error);
}

}  // namespace
}  // namespace regimetry::projection
