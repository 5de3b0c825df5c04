#include "regimes/mixture/gaussian_components.hpp"

#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

TEST(GaussianComponents, CountsParametersAndSelects) {
  GaussianComponents full{CovarianceShape::kFull, MatrixD(2, 2), MatrixD(4, 2)};
  full.means << 1, 2, 3, 4;
  full.covariances << 5, 0, 0, 6, 7, 1, 1, 8;
  EXPECT_EQ(full.parameter_count(), 2 * (2 + 3));
  EXPECT_EQ(full.variance(1, 1), 8);
  const GaussianComponents second = full.selected({1});
  EXPECT_EQ(second.means(0, 1), 4);
  EXPECT_EQ(second.covariances(0, 1), 1);
  EXPECT_EQ(second.covariances.rows(), 2);
  const GaussianComponents diagonal{CovarianceShape::kDiagonal, full.means, full.means};
  EXPECT_EQ(diagonal.parameter_count(), 2 * (2 + 2));
  EXPECT_EQ(diagonal.variance(1, 0), 3);
}

TEST(ResolveShape, IsFullWithTenRowsForEachNumber) {
  // Two components of three columns: 2 * 6 numbers.
  EXPECT_EQ(resolve_shape(CovarianceShape::kAutomatic, 120, 3, 2), CovarianceShape::kFull);
  EXPECT_EQ(resolve_shape(CovarianceShape::kAutomatic, 119, 3, 2), CovarianceShape::kDiagonal);
  EXPECT_EQ(resolve_shape(CovarianceShape::kFull, 5, 3, 2), CovarianceShape::kFull);
}

}  // namespace
}  // namespace regimetry::regimes
