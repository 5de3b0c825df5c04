#include "regimes/spectral/landmark_map.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

LandmarkMap three_on_a_line(std::int64_t neighbor_count) {
  MatrixF landmarks(3, 1), coordinates(3, 2);
  landmarks << 0, 1, 10;
  coordinates << 0, 5, 1, 5, 7, 5;
  return {landmarks, coordinates, neighbor_count};
}

TEST(LandmarkMap, GivesALandmarkItsOwnCoordinates) {
  const LandmarkMap map = three_on_a_line(2);
  LandmarkMap::Scratch scratch = map.make_scratch();
  std::array<float, 2> out;
  EXPECT_EQ(map.place(std::array{10.0F}, scratch, out), 0);
  EXPECT_EQ(out, (std::array{7.0F, 5.0F}));
}

TEST(LandmarkMap, WeighsByTheInverseSquareOfDistances) {
  const LandmarkMap map = three_on_a_line(2);
  LandmarkMap::Scratch scratch = map.make_scratch();
  std::array<float, 2> out;
  EXPECT_EQ(map.place(std::array{-1.0F}, scratch, out), 1);  // distances 1 and 2: weights 4 to 1
  EXPECT_FLOAT_EQ(out[0], 0.2F);
  EXPECT_FLOAT_EQ(out[1], 5.0F);
}

TEST(LandmarkMap, TakesAllLandmarksWhenThereAreFewer) {
  const LandmarkMap map = three_on_a_line(9);
  EXPECT_EQ(map.neighbor_count(), 3);
  LandmarkMap::Scratch scratch = map.make_scratch();
  std::array<float, 2> out;
  map.place(std::array{0.5F}, scratch, out);
  EXPECT_NEAR(out[0], (4 * 0 + 4 * 1 + 7 / 90.25) / (8 + 1 / 90.25), 1e-6);
}

TEST(LandmarkMap, AveragesDuplicatesOfTheRow) {
  MatrixF landmarks(3, 1), coordinates(3, 1);
  landmarks << 2, 2, 5;
  coordinates << 1, 3, 100;
  const LandmarkMap map(landmarks, coordinates, 3);
  LandmarkMap::Scratch scratch = map.make_scratch();
  std::array<float, 1> out;
  map.place(std::array{2.0F}, scratch, out);
  EXPECT_EQ(out[0], 2);
}

TEST(LandmarkMap, FindsTheNearestOfMany) {
  const MatrixF landmarks = random_rows(777, 6);
  MatrixF coordinates(777, 1);
  for (int row = 0; row < 777; ++row) coordinates(row, 0) = static_cast<float>(row);
  const LandmarkMap map(landmarks, coordinates, 1);
  LandmarkMap::Scratch scratch = map.make_scratch();
  const MatrixF rows = random_rows(50, 6, 2);
  std::array<float, 1> out;
  for (int row = 0; row < 50; ++row) {
    const double distance = map.place({rows.row(row).data(), 6}, scratch, out);
    Eigen::Index nearest = 0;
    const double least =
        (landmarks.rowwise() - rows.row(row)).cast<double>().rowwise().norm().minCoeff(&nearest);
    EXPECT_EQ(out[0], static_cast<float>(nearest));
    EXPECT_NEAR(distance, least, 1e-6);
  }
}

TEST(ChooseLandmarks, TakesAllRowsWhenTheyFit) {
  const std::vector<std::int32_t> labels = {0, 1, 0, 1};
  EXPECT_EQ(choose_landmarks(labels, 2, 4, 1), (std::vector<std::int64_t>{0, 1, 2, 3}));
}

TEST(ChooseLandmarks, SpreadsOverEachLabelAndKeepsRareOnes) {
  std::vector<std::int32_t> labels(1000, 0);
  for (std::size_t row = 500; row < 505; ++row) labels[row] = 1;
  const std::vector<std::int64_t> rows = choose_landmarks(labels, 2, 100, 8);
  int rare = 0;
  for (const std::int64_t row : rows) rare += labels[static_cast<std::size_t>(row)] == 1 ? 1 : 0;
  EXPECT_EQ(rare, 5);
  EXPECT_EQ(rows.size(), 99U + 5U);  // 99.5 of the common label, rounded down, and all of the rare one
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end()), rows.end());
}

}  // namespace
}  // namespace regimetry::regimes
