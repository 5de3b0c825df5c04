#include "regimes/kmeans/seed_centers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace regimetry::regimes {
namespace {

TEST(SeedCenters, TakesOneRowOfEachFarApartGroup) {
  MatrixF values(300, 2);
  for (int row = 0; row < 300; ++row)
    values.row(row) << 1000.0F * static_cast<float>(row % 3), 0.001F * static_cast<float>(row);
  for (std::uint64_t key = 0; key < 50; ++key) {
    RngStream stream(key);
    std::set<std::int64_t> groups;
    for (const std::int64_t row : seed_centers(values, 3, stream)) groups.insert(row % 3);
    EXPECT_EQ(groups.size(), 3U) << key;
  }
}

TEST(SeedCenters, ReturnsFewerWhenFewerRowsAreDistinct) {
  MatrixF values = MatrixF::Zero(20, 3);
  values.row(7).setOnes();
  RngStream stream(1);
  std::vector<std::int64_t> rows = seed_centers(values, 5, stream);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(std::count(rows.begin(), rows.end(), 7), 1);
  EXPECT_TRUE(seed_centers(MatrixF(0, 3), 2, stream).empty());
}

TEST(SeedCenters, DrawsInProportionToTheSquaredDistance) {
  // Whichever of two equal rows comes first, the second is row 2 (distance 1) or row 3 (distance 2): 1 to 4.
  MatrixF values(1002, 1);
  values.setZero();
  values(1000, 0) = 1;
  values(1001, 0) = -2;
  int far = 0, near = 0;
  for (std::uint64_t key = 0; key < 2000; ++key) {
    RngStream stream(key);
    const std::vector<std::int64_t> rows = seed_centers(values, 2, stream);
    if (rows[0] >= 1000) continue;
    far += rows[1] == 1001 ? 1 : 0;
    near += rows[1] == 1000 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(far) / (far + near), 0.8, 0.03);
}

}  // namespace
}  // namespace regimetry::regimes
