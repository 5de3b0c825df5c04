#include "neighbors/point_tiles.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rng.hpp"

namespace regimetry::neighbors {
namespace {

MatrixF random_points(std::int64_t rows, std::int64_t columns, double spread, double offset) {
  RngStream stream(static_cast<std::uint64_t>(rows + columns));
  MatrixF points(rows, columns);
  for (std::int64_t i = 0; i < points.size(); ++i)
    points.data()[i] = static_cast<float>(offset + spread * stream.normal());
  return points;
}

// Scores of all pairs, through the tiles: half squared distances less half the query's own square, in the
// scale of the tiles. Two scores of a query differ as half its squared distances do, within the margins.
void expect_within_margin(const MatrixF& points) {
  const PointTiles tiles(points, points);
  const PointTiles::Queries queries = tiles.prepare(points);
  double scale = 0;  // found from the largest distance, of which the scores are sure
  std::vector<float> scores(static_cast<std::size_t>(points.rows() * tiles.tile_size()));
  const auto half_square = [&](std::int64_t a, std::int64_t b) {
    return (points.row(a).cast<double>() - points.row(b).cast<double>()).squaredNorm() / 2;
  };
  MatrixD all(points.rows(), points.rows()), margins(points.rows(), points.rows());
  for (std::int64_t tile = 0; tile < tiles.tile_count(); ++tile) {
    tiles.scores(queries, {0, points.rows()}, tile, scores.data());
    const IndexRange range = tiles.points_of(tile);
    for (std::int64_t query = 0; query < points.rows(); ++query) {
      for (std::int64_t i = 0; i < tiles.tile_size(); ++i) {
        const float score = scores[static_cast<std::size_t>(query * tiles.tile_size() + i)];
        if (i >= range.size()) {
          EXPECT_TRUE(std::isinf(score));
          continue;
        }
        all(query, range.begin + i) = static_cast<double>(score);
        margins(query, range.begin + i) =
            static_cast<double>(tiles.margin(queries.norms[static_cast<std::size_t>(query)], tile));
      }
    }
  }
  std::int64_t far = 0;
  for (std::int64_t point = 0; point < points.rows(); ++point) {
    if (half_square(0, point) > half_square(0, far)) far = point;
  }
  scale = std::exp2(std::round(std::log2((all(0, far) - all(0, 0)) / half_square(0, far))));
  for (std::int64_t query = 0; query < points.rows(); ++query) {
    for (std::int64_t point = 0; point < points.rows(); ++point) {
      const double difference = all(query, point) - all(query, query);
      EXPECT_NEAR(difference, scale * half_square(query, point),
                  margins(query, point) + margins(query, query))
          << query << " " << point;
    }
  }
}

TEST(PointTiles, ScoresAreWithinTheirMargins) {
  expect_within_margin(random_points(200, 3, 1, 0));
  expect_within_margin(random_points(150, 64, 1, 1e4));
  expect_within_margin(random_points(100, 700, 1e-20, 0));
  expect_within_margin(random_points(70, 5, 1e30, 0));
}

TEST(PointTiles, CoverAllPointsOnce) {
  for (const std::int64_t rows : {1, 63, 64, 65, 512, 513, 2000}) {
    const MatrixF points = random_points(rows, 4, 1, 0);
    const PointTiles tiles(points, points);
    std::int64_t next = 0;
    for (std::int64_t tile = 0; tile < tiles.tile_count(); ++tile) {
      EXPECT_EQ(tiles.points_of(tile).begin, next);
      next = tiles.points_of(tile).end;
      EXPECT_LE(tiles.points_of(tile).size(), tiles.tile_size());
    }
    EXPECT_EQ(next, rows);
  }
}

}  // namespace
}  // namespace regimetry::neighbors
