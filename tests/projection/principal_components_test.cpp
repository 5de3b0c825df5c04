#include "projection/principal_components.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/rng.hpp"

namespace regimetry::projection {
namespace {

MatrixF random_rows(int count, int width) {
  RngStream stream(11);
  MatrixF rows(count, width);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < width; ++j) rows(i, j) = static_cast<float>((j + 1) * stream.normal());
  return rows;
}

TEST(PrincipalComponents, FindsTheLineThatPointsLieOn) {
  // Along (3, 4) / 5 at -5, 0 and 5; nothing across.
  MatrixF rows(3, 2);
  rows << -2, -3, 1, 1, 4, 5;
  ThreadPool pool(1);
  const PrincipalComponents fit = fit_principal_components(rows, 2, pool);
  EXPECT_NEAR(fit.mean[0], 1, 1e-12);
  EXPECT_NEAR(fit.axes(0, 0), 0.6, 1e-12);
  EXPECT_NEAR(fit.axes(0, 1), 0.8, 1e-12);
  EXPECT_NEAR(fit.variances[0], 25, 1e-12);
  EXPECT_NEAR(fit.variances[1], 0, 1e-12);
  EXPECT_NEAR(fit.total_variance, 25, 1e-12);
  MatrixF later(1, 2);
  later << 7, 9;
  EXPECT_NEAR(fit.transform(later)(0, 0), 10, 1e-5);
}

TEST(PrincipalComponents, AxesAreOrthonormalAndCoordinatesUncorrelated) {
  ThreadPool pool(2);
  const MatrixF rows = random_rows(2000, 6);
  const PrincipalComponents fit = fit_principal_components(rows, 6, pool);
  const MatrixF placed = fit.transform(rows);
  for (int a = 0; a < 6; ++a) {
    for (int b = 0; b < 6; ++b) {
      EXPECT_NEAR(fit.axes.row(a).dot(fit.axes.row(b)), a == b ? 1 : 0, 1e-10);
      const double product = placed.col(a).cast<double>().dot(placed.col(b).cast<double>()) / 1999;
      EXPECT_NEAR(product, a == b ? fit.variances[static_cast<std::size_t>(a)] : 0, 1e-3);
    }
    if (a > 0) {
      EXPECT_LE(fit.variances[static_cast<std::size_t>(a)], fit.variances[static_cast<std::size_t>(a) - 1]);
    }
  }
}

TEST(PrincipalComponents, LargestCoordinateOfEachAxisIsPositive) {
  ThreadPool pool(1);
  const MatrixF rows = random_rows(300, 5);
  const PrincipalComponents fit = fit_principal_components(rows, 5, pool);
  const PrincipalComponents mirrored = fit_principal_components(-rows, 5, pool);
  for (int axis = 0; axis < 5; ++axis) {
    EXPECT_GT(fit.axes.row(axis).maxCoeff(), -fit.axes.row(axis).minCoeff());
    EXPECT_TRUE(fit.axes.row(axis).isApprox(mirrored.axes.row(axis), 1e-9));
  }
}

TEST(PrincipalComponents, AreTheSameForAnyThreadCount) {
  ThreadPool one(1), three(3);
  const MatrixF rows = random_rows(5000, 8);
  const PrincipalComponents a = fit_principal_components(rows, 8, one),
                            b = fit_principal_components(rows, 8, three);
  EXPECT_TRUE(a.axes == b.axes);
  EXPECT_EQ(a.variances, b.variances);
}

TEST(PrincipalComponents, AcceptConstantColumnsEqualRowsAndASingleRow) {
  ThreadPool pool(1);
  MatrixF rows = random_rows(50, 3);
  rows.col(1).setConstant(7);
  EXPECT_NEAR(fit_principal_components(rows, 3, pool).axes(0, 1), 0, 1e-12);
  for (const int count : {1, 5}) {
    const PrincipalComponents fit = fit_principal_components(MatrixF::Constant(count, 3, 2), 2, pool);
    EXPECT_EQ(fit.variances[0], 0);
    EXPECT_TRUE(fit.transform(MatrixF::Constant(1, 3, 2)).isZero());
  }
}

TEST(PrincipalComponents, RefuseMoreAxesThanColumnsAndRowsOfAnotherWidth) {
  ThreadPool pool(1);
  EXPECT_THROW((void)fit_principal_components(random_rows(10, 3), 4, pool), Error);
  EXPECT_THROW((void)fit_principal_components(random_rows(10, 3), 0, pool), Error);
  EXPECT_THROW((void)fit_principal_components(random_rows(10, 3), 2, pool).transform(random_rows(2, 4)),
               Error);
}

}  // namespace
}  // namespace regimetry::projection
