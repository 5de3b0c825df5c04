#include "regimes/mixture/row_columns.hpp"

#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

TEST(RowColumns, TurnsRowsIntoColumnsAndKnowsTheirVariances) {
  MatrixF values(3, 2);
  values << 1, 7, 2, 7, 6, 7;
  const RowColumns rows(values);
  EXPECT_EQ(rows.row_count(), 3);
  EXPECT_EQ(rows.width(), 2);
  EXPECT_EQ(rows.at(1, 0)[1], 6);
  EXPECT_EQ(rows.at(2, 1)[0], 7);
  EXPECT_DOUBLE_EQ(rows.variances()[0], 14.0 / 3);
  EXPECT_EQ(rows.variances()[1], 1);
  EXPECT_FALSE(rows.is_constant(0));
  EXPECT_TRUE(rows.is_constant(1));
}

}  // namespace
}  // namespace regimetry::regimes
