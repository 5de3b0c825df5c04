#include "regimes/model/row_scaler.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry::regimes {
namespace {

TEST(RowScaler, BringsTrainingRowsToMeanZeroAndDeviationOne) {
  MatrixF rows(4, 2);
  rows << 1, -10, 3, 10, 1, -10, 3, 10;  // means 2 and 0, deviations 1 and 10
  const RowScaler scaler = RowScaler::fit(rows);
  EXPECT_DOUBLE_EQ(scaler.means()[0], 2);
  EXPECT_DOUBLE_EQ(scaler.deviations()[1], 10);
  MatrixF later(1, 2);
  later << 5, 25;
  EXPECT_EQ(scaler.scale(later)(0, 0), 3.0F);
  EXPECT_EQ(scaler.scale(later)(0, 1), 2.5F);
}

TEST(RowScaler, MakesAColumnThatNeverVariedZero) {
  MatrixF rows(3, 2);
  rows << 0.1F, 1, 0.1F, 2, 0.1F, 3;
  const RowScaler scaler = RowScaler::fit(rows);
  EXPECT_EQ(scaler.constant_columns(), std::vector<std::int64_t>{0});
  MatrixF later(1, 2);
  later << 99, 2;
  EXPECT_EQ(scaler.scale(later)(0, 0), 0.0F);
  EXPECT_EQ(scaler.scale(later)(0, 1), 0.0F);
}

TEST(RowScaler, KeepsTheDigitsOfColumnsFarFromZero) {
  MatrixF rows(4, 1);
  rows << 1e6F + 1, 1e6F + 2, 1e6F + 3, 1e6F + 4;
  EXPECT_NEAR(RowScaler::fit(rows).deviations()[0], 1.1180339887, 1e-9);
}

TEST(RowScaler, ScalesOneRowAsItScalesMany) {
  MatrixF rows = MatrixF::Random(50, 7);
  const RowScaler scaler = RowScaler::fit(rows);
  const MatrixF all = scaler.scale(rows);
  std::vector<float> row(7), out(7);
  for (int index = 0; index < 50; ++index) {
    Eigen::Map<Eigen::RowVectorXf>(row.data(), 7) = rows.row(index);
    scaler.scale(row, out);
    for (int column = 0; column < 7; ++column)
      EXPECT_EQ(out[static_cast<std::size_t>(column)], all(index, column));
  }
}

TEST(RowScaler, IdentityLeavesRowsAlone) {
  const MatrixF rows = MatrixF::Random(3, 4);
  EXPECT_EQ(RowScaler::identity(4).scale(rows), rows);
}

}  // namespace
}  // namespace regimetry::regimes
