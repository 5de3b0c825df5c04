#include "regimes/kmeans/row_blocks.hpp"

#include <gtest/gtest.h>

#include <array>

#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {
namespace {

TEST(RowBlocks, GivesTheDistanceOfEveryRow) {
  CountedNumbers numbers(3);
  for (const std::int64_t rows : {1, 31, 32, 33, 100}) {
    MatrixF values(rows, 5);
    for (std::int64_t i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(numbers.normal());
    const RowBlocks blocks(values);
    ASSERT_EQ(blocks.row_count(), rows);
    const std::array<double, 5> point = {0.5, -1, 0, 2, 1e3};
    std::array<double, RowBlocks::kRows> distances;
    std::int64_t seen = 0;
    for (std::int64_t block = 0; block < blocks.block_count(); ++block) {
      blocks.squared_distances(block, point, distances);
      for (std::int64_t i = 0; i < blocks.rows_in(block); ++i, ++seen) {
        double plain = 0;
        for (std::int64_t column = 0; column < 5; ++column) {
          const double difference =
              static_cast<double>(values(seen, column)) - point[static_cast<std::size_t>(column)];
          plain += difference * difference;
        }
        EXPECT_EQ(distances[static_cast<std::size_t>(i)], plain) << rows << " rows, row " << seen;
      }
    }
    EXPECT_EQ(seen, rows);
  }
}

TEST(RowBlocks, KeepsDigitsFarFromTheOrigin) {
  MatrixF values(1, 1);
  values << 16777216.0F;  // 2^24: its neighbours as floats are 1 and 2 away
  std::array<double, RowBlocks::kRows> distances;
  RowBlocks(values).squared_distances(0, std::array{16777215.5}, distances);
  EXPECT_EQ(distances[0], 0.25);
}

}  // namespace
}  // namespace regimetry::regimes
