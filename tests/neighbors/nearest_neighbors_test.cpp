#include "neighbors/nearest_neighbors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/expect_error.hpp"
#include "core/rng.hpp"
#include "neighbors/mutual_search.hpp"

namespace regimetry::neighbors {
namespace {

using testing::HasSubstr;

double plain_distance(const MatrixF& a, std::int64_t row_a, const MatrixF& b, std::int64_t row_b) {
  double sum = 0;
  for (std::int64_t column = 0; column < a.cols(); ++column) {
    const double difference = static_cast<double>(a(row_a, column)) - static_cast<double>(b(row_b, column));
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

// Every distance, sorted: the answer that the fast search must give.
NeighborLists plain_search(const MatrixF& queries, const MatrixF& points, std::int64_t k, bool is_self) {
  NeighborLists lists;
  lists.k = k;
  for (std::int64_t query = 0; query < queries.rows(); ++query) {
    std::vector<std::pair<double, std::int32_t>> all;
    for (std::int64_t point = 0; point < points.rows(); ++point) {
      if (is_self && point == query) continue;
      all.emplace_back(plain_distance(queries, query, points, point), static_cast<std::int32_t>(point));
    }
    std::partial_sort(all.begin(), all.begin() + k, all.end());
    for (std::int64_t i = 0; i < k; ++i) {
      lists.indices.push_back(all[static_cast<std::size_t>(i)].second);
      lists.distances.push_back(static_cast<float>(all[static_cast<std::size_t>(i)].first));
    }
  }
  return lists;
}

void expect_same(const NeighborLists& fast, const NeighborLists& plain) {
  EXPECT_EQ(fast.k, plain.k);
  EXPECT_EQ(fast.indices, plain.indices);
  ASSERT_EQ(fast.distances.size(), plain.distances.size());
  // The order of additions differs: the last bit may.
  for (std::size_t i = 0; i < fast.distances.size(); ++i)
    ASSERT_NEAR(fast.distances[i], plain.distances[i], 1e-6F * plain.distances[i]) << i;
}

void expect_exact(const MatrixF& points, std::int64_t k) {
  ThreadPool pool(2);
  expect_same(find_neighbors(points, k, pool), plain_search(points, points, k, true));
}

MatrixF random_points(std::int64_t rows, std::int64_t columns, double spread = 1, double offset = 0) {
  RngStream stream(static_cast<std::uint64_t>(rows * 1000 + columns));
  MatrixF points(rows, columns);
  for (std::int64_t i = 0; i < points.size(); ++i)
    points.data()[i] = static_cast<float>(offset + spread * stream.normal());
  return points;
}

TEST(NearestNeighbors, OfPointsOnALine) {
  MatrixF points(4, 1);
  points << 0, 1, 3, 10;
  ThreadPool pool(1);
  const NeighborLists lists = find_neighbors(points, 2, pool);
  EXPECT_EQ(lists.indices, (std::vector<std::int32_t>{1, 2, 0, 2, 1, 0, 2, 1}));
  EXPECT_EQ(lists.distances, (std::vector<float>{1, 3, 1, 2, 2, 3, 7, 9}));
}

TEST(NearestNeighbors, AgreeWithAPlainSearchForManyShapes) {
  for (const std::int64_t columns : {1, 2, 7, 64, 100, 333, 2000}) {
    for (const std::int64_t rows : {2, 17, 64, 65, 600, 1300}) {
      if (columns == 2000 && rows > 600) continue;
      for (const std::int64_t k : {std::int64_t{1}, std::int64_t{9}, rows - 1}) {
        if (k >= rows || (k > 100 && rows > 700)) continue;
        SCOPED_TRACE(testing::Message() << rows << " x " << columns << ", k " << k);
        expect_exact(random_points(rows, columns), k);
      }
    }
  }
}

TEST(NearestNeighbors, AllOthersInOrderWhenAllAreAskedFor) {
  expect_exact(random_points(1500, 3), 1499);
}

TEST(NearestNeighbors, TakeTheSmallerIndexOfTies) {
  // Whole numbers: all distances exact, most of them shared by many points.
  RngStream stream(5);
  MatrixF points(1200, 3);
  for (std::int64_t i = 0; i < points.size(); ++i) points.data()[i] = static_cast<float>(stream.below(5));
  expect_exact(points, 12);
}

TEST(NearestNeighbors, OfDuplicatesAreAtDistanceZero) {
  MatrixF points = random_points(700, 20);
  for (std::int64_t row = 100; row < 400; ++row) points.row(row) = points.row(7);
  expect_exact(points, 10);
  ThreadPool pool(2);
  const NeighborLists lists = find_neighbors(points, 10, pool);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(lists.distances[70 + i], 0);
    EXPECT_EQ(lists.indices[70 + i], static_cast<std::int32_t>(100 + i));
  }
  expect_exact(MatrixF::Constant(300, 4, 2.5F), 9);
}

TEST(NearestNeighbors, KeepDigitsFarFromTheOrigin) {
  expect_exact(random_points(800, 64, 1.0, 1e6), 9);
  expect_exact(random_points(800, 5, 1e-3, 1e3), 9);
}

TEST(NearestNeighbors, TellApartPointsThatProductsCannot) {
  // Two clumps a million times narrower than they are apart: no float32 product sees any difference inside.
  MatrixF points = random_points(900, 16, 1e-6);
  for (std::int64_t row = 0; row < points.rows(); ++row) {
    points(row, 3) = row % 2 == 0 ? -1.0F : 1.0F;
    points(row, 4) = 0.0F;
  }
  expect_exact(points, 9);
  // Distances from point 0 that differ by a part in 10^7 of themselves, one far point pulling the mean.
  MatrixF shell = MatrixF::Zero(1000, 3);
  for (std::int64_t row = 1; row < 999; ++row)
    shell(row, 1) = 1.0F + 0x1p-23F * static_cast<float>((row * 389) % 998);
  shell(999, 2) = 1000;
  expect_exact(shell, 9);
}

TEST(NearestNeighbors, HoldForHugeAndTinyValues) {
  expect_exact(random_points(300, 8, 1e37), 9);
  expect_exact(random_points(300, 8, 1e-38), 9);
  MatrixF mixed = random_points(600, 4, 1e-12);
  mixed.row(599).setConstant(1e20F);
  expect_exact(mixed, 9);
}

TEST(NearestNeighbors, OfOutliersAmongOrdinaryPoints) {
  MatrixF points = random_points(1500, 32);
  for (std::int64_t row = 0; row < 1500; row += 100) points.row(row) *= 1000;
  expect_exact(points, 9);
}

TEST(NearestNeighbors, OfQueriesMayBeTheQueryItself) {
  const MatrixF points = random_points(700, 10), queries = random_points(50, 10, 2.0);
  ThreadPool pool(2);
  expect_same(find_neighbors(queries, points, 5, pool), plain_search(queries, points, 5, false));
  expect_same(find_neighbors(points, points, 700, pool), plain_search(points, points, 700, false));
  EXPECT_EQ(find_neighbors(points, points, 1, pool).indices[33], 33);
}

TEST(NearestNeighbors, LeaveOutExcludedRanges) {
  // Points 0..299 and 300..1199 are two parts; each query takes its nearest of the other part.
  const MatrixF points = random_points(1200, 6);
  const MatrixF first = points.topRows(300), second = points.bottomRows(900);
  const std::vector<IndexRange> excluded(300, IndexRange{0, 300});
  ThreadPool pool(2);
  NeighborLists plain = plain_search(first, second, 3, false);
  for (std::int32_t& index : plain.indices) index += 300;
  expect_same(find_neighbors(first, points, excluded, 3, pool), plain);
}

TEST(NearestNeighbors, HaveTheSameBitsOnAnyNumberOfThreads) {
  const MatrixF points = random_points(3000, 24);
  ThreadPool one(1), four(4);
  const NeighborLists first = find_neighbors(points, 15, one), second = find_neighbors(points, 15, four);
  EXPECT_EQ(first.indices, second.indices);
  EXPECT_EQ(first.distances, second.distances);
}

TEST(NearestNeighbors, AreTheSameFromEitherSearch) {
  // Lists that are too long to be open for all points at once are made for some points at a time.
  const MatrixF points = random_points(2500, 12);
  std::vector<IndexRange> themselves;
  for (std::int64_t row = 0; row < points.rows(); ++row) themselves.push_back({row, row + 1});
  ThreadPool pool(2);
  const NeighborLists mutual = find_neighbors(points, 20, pool),
                      by_row = find_neighbors(points, points, themselves, 20, pool);
  EXPECT_EQ(mutual.indices, by_row.indices);
  EXPECT_EQ(mutual.distances, by_row.distances);
  EXPECT_TRUE(fits_mutual_search(100'000, 90));
  EXPECT_FALSE(fits_mutual_search(1'000'000, 90));
}

TEST(NearestNeighbors, RefuseWrongCounts) {
  const MatrixF points = random_points(5, 2);
  ThreadPool pool(1);
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)find_neighbors(points, 5, pool); }),
              HasSubstr("5 nearest neighbours were asked for among 5 points; ask for 1 to 4"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)find_neighbors(points, 0, pool); }),
              HasSubstr("1 to 4"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)find_neighbors(points, points, 6, pool); }),
              HasSubstr("1 to 5"));
  EXPECT_THAT(
      message_of(ErrorKind::kUsage, [&] { (void)find_neighbors(random_points(2, 3), points, 1, pool); }),
      HasSubstr("3 values each, but points have 2"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)find_neighbors(points, points, {}, 1, pool); }),
              HasSubstr("5 queries but 0 excluded ranges"));
}

}  // namespace
}  // namespace regimetry::neighbors
