#include "regimes/mixture/gaussian_density.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

TEST(GaussianDensity, AgreesWithTheDefinition) {
  RngStream stream(1);
  const int width = 7;
  MatrixD factor(width, width);
  for (Eigen::Index i = 0; i < factor.size(); ++i) factor.data()[i] = stream.normal();
  const MatrixD covariance = factor * factor.transpose() + MatrixD::Identity(width, width);
  const MatrixD mean = MatrixD::Constant(1, width, 0.5);
  const GaussianDensity density({CovarianceShape::kFull, mean, covariance});
  MatrixF values(300, width);
  for (Eigen::Index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(stream.normal());
  const RowColumns rows(values);
  std::array<double, 200> distances;
  density.distances(0, rows, 50, distances);
  for (Eigen::Index row = 0; row < 200; ++row) {
    const Eigen::VectorXd off = (values.row(50 + row).cast<double>() - mean.row(0)).transpose();
    const double expected = off.dot(covariance.inverse() * off);
    EXPECT_NEAR(distances[static_cast<std::size_t>(row)], expected, 1e-11 * (1 + expected));
    EXPECT_EQ(density.distance(0, {values.row(50 + row).data(), static_cast<std::size_t>(width)}),
              distances[static_cast<std::size_t>(row)]);
  }
  EXPECT_NEAR(density.log_determinant(0), std::log(covariance.determinant()), 1e-11);
  const std::vector<double> precisions = density.precision_diagonal(0);
  for (Eigen::Index i = 0; i < width; ++i)
    EXPECT_NEAR(precisions[static_cast<std::size_t>(i)], covariance.inverse()(i, i), 1e-12);
}

TEST(GaussianDensity, DiagonalIsTheSameAsFullWithoutCovariances) {
  MatrixD means(1, 2), variances(1, 2), covariance(2, 2);
  means << 1, 2;
  variances << 4, 9;
  covariance << 4, 0, 0, 9;
  const GaussianDensity diagonal({CovarianceShape::kDiagonal, means, variances});
  const GaussianDensity full({CovarianceShape::kFull, means, covariance});
  const std::array<float, 2> row = {3, 5};
  EXPECT_DOUBLE_EQ(diagonal.distance(0, row), 1 + 1);
  EXPECT_DOUBLE_EQ(full.distance(0, row), 1 + 1);
  EXPECT_DOUBLE_EQ(diagonal.log_scale(0), -std::log(2 * std::acos(-1.0)) - std::log(6.0));
}

TEST(GaussianDensity, StaysFiniteForASingularCovariance) {
  const GaussianDensity density({CovarianceShape::kFull, MatrixD::Zero(1, 2), MatrixD::Ones(2, 2)});
  EXPECT_NEAR(density.distance(0, std::array{1.0F, 1.0F}), 1, 1e-6);
  EXPECT_GT(density.distance(0, std::array{1.0F, -1.0F}), 1e12);
  EXPECT_TRUE(std::isfinite(density.log_scale(0)));
}

}  // namespace
}  // namespace regimetry::regimes
