#include "regimes/spectral/pivoted_qr_labels.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::regimes {
namespace {

TEST(PivotedQrLabels, TellApartRowsAlongDifferentAxes) {
  // Three directions at right angles, turned, with lengths of either sign.
  MatrixF axes(3, 3);
  axes << 0.6F, 0.8F, 0, -0.8F, 0.6F, 0, 0, 0, 1;
  MatrixF rows(30, 3);
  for (int row = 0; row < 30; ++row)
    rows.row(row) =
        axes.row(row % 3) * (1.0F + 0.05F * static_cast<float>(row)) * (row % 2 == 0 ? 1.0F : -1.0F);
  const std::vector<std::int32_t> labels = pivoted_qr_labels(rows);
  for (std::size_t row = 0; row < 30; ++row) {
    EXPECT_EQ(labels[row], labels[row % 3]);
    EXPECT_LT(labels[row], 3);
  }
  EXPECT_NE(labels[0], labels[1]);
  EXPECT_NE(labels[0], labels[2]);
  EXPECT_NE(labels[1], labels[2]);
}

TEST(PivotedQrLabels, OfOneColumnAreAllTheSame) {
  EXPECT_EQ(pivoted_qr_labels(MatrixF::Ones(4, 1)), std::vector<std::int32_t>(4, 0));
}

TEST(PivotedQrLabels, StandRowsWithoutAnyDifference) {
  for (const std::int32_t label : pivoted_qr_labels(MatrixF::Ones(5, 2))) EXPECT_LT(label, 2);
}

}  // namespace
}  // namespace regimetry::regimes
