#include "regimes/spectral/silhouette.hpp"

#include <gtest/gtest.h>

#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {
namespace {

double silhouette(const MatrixF& values, const std::vector<std::int32_t>& labels,
                  std::int64_t most_rows = 1000, int threads = 2) {
  ThreadPool pool(threads);
  return mean_silhouette(values, labels, most_rows, pool);
}

MatrixF column(std::initializer_list<float> values) {
  MatrixF matrix(static_cast<Eigen::Index>(values.size()), 1);
  std::copy(values.begin(), values.end(), matrix.data());
  return matrix;
}

TEST(Silhouette, OfTwoPairs) {
  // Row 0: a = 1, b = (9 + 10) / 2 = 9.5; row 1: a = 1, b = 8.5; rows 9 and 10 mirror them.
  EXPECT_NEAR(silhouette(column({0, 1, 9, 10}), {0, 0, 1, 1}), (8.5 / 9.5 + 7.5 / 8.5) / 2, 1e-12);
}

TEST(Silhouette, IsNegativeForRowsInTheWrongGroup) {
  EXPECT_LT(silhouette(column({0, 1, 9, 10}), {0, 1, 0, 1}), 0);
}

TEST(Silhouette, CountsARowAloneAsZero) {
  EXPECT_NEAR(silhouette(column({0, 1, 9}), {0, 0, 1}), (8.0 / 9 + 7.0 / 8) / 3, 1e-12);
}

TEST(Silhouette, IsZeroWithoutTwoGroupsOrDistances) {
  EXPECT_EQ(silhouette(column({0, 1, 9}), {0, 0, 0}), 0);
  EXPECT_EQ(silhouette(column({0, 1, 9}), {2, 2, 2}), 0);
  EXPECT_EQ(silhouette(column({3, 3, 3, 3}), {0, 0, 1, 1}), 0);
  EXPECT_EQ(silhouette(MatrixF(0, 1), {}), 0);
}

// As golden_clusters.py's overlapping_groups(), labelled by the corner each row was drawn about.
TEST(Silhouette, AgreesWithScikitLearn) {
  CountedNumbers numbers(1);
  const double corners[3][2] = {{0, 0}, {4, 0}, {2, 3}};
  MatrixF values(300, 2);
  std::vector<std::int32_t> labels;
  for (int row = 0; row < 300; ++row) {
    labels.push_back(row % 3);
    for (int i = 0; i < 2; ++i) values(row, i) = static_cast<float>(corners[row % 3][i] + numbers.normal());
  }
  EXPECT_NEAR(silhouette(values, labels), 0.5128460255348631, 1e-9);
  EXPECT_EQ(silhouette(values, labels, 1000, 1), silhouette(values, labels, 1000, 4));
  // A third of the rows says about the same.
  EXPECT_NEAR(silhouette(values, labels, 99), 0.51, 0.06);
}

}  // namespace
}  // namespace regimetry::regimes
