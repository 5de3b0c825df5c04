#include "regimes/mixture/update_components.hpp"

#include <gtest/gtest.h>

#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

TEST(UpdateComponents, AgreesWithTheDefinition) {
  RngStream stream(3);
  const int count = 700, width = 3;  // three blocks, the last of them short
  MatrixF values(count, width);
  for (Eigen::Index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(stream.normal());
  std::vector<double> owned(2 * count), trust(2 * count);
  for (double& value : owned) value = stream.uniform();
  for (double& value : trust) value = stream.uniform();
  const RowColumns rows(values);
  for (const CovarianceShape shape : {CovarianceShape::kFull, CovarianceShape::kDiagonal}) {
    const SpreadPrior prior{{1, 2, 3}, 5};
    GaussianComponents components{shape, MatrixD::Zero(2, width),
                                  MatrixD::Zero(shape == CovarianceShape::kFull ? 6 : 2, width)};
    const std::vector<double> sums = update_components(rows, {owned, trust}, prior, components);
    for (int k = 0; k < 2; ++k) {
      double total = 0, weight = 0;
      Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(width);
      MatrixD scatter = MatrixD::Zero(width, width);
      const auto weight_of = [&](int row) {
        return owned[static_cast<std::size_t>(2 * row + k)] *
               trust[static_cast<std::size_t>(k * count + row)];
      };
      for (int row = 0; row < count; ++row) {
        total += owned[static_cast<std::size_t>(2 * row + k)];
        weight += weight_of(row);
        mean += weight_of(row) * values.row(row).cast<double>();
      }
      mean /= weight;
      for (int row = 0; row < count; ++row) {
        const Eigen::RowVectorXd off = values.row(row).cast<double>() - mean;
        scatter += weight_of(row) * off.transpose() * off;
      }
      scatter.diagonal() += 5 * Eigen::Vector3d(1, 2, 3);
      scatter /= total + 5;
      EXPECT_NEAR(sums[static_cast<std::size_t>(k)], total, 1e-10);
      EXPECT_LT((components.means.row(k) - mean).cwiseAbs().maxCoeff(), 1e-13);
      if (shape == CovarianceShape::kFull)
        EXPECT_LT((components.covariances.middleRows(3 * k, 3) - scatter).cwiseAbs().maxCoeff(), 1e-13);
      else
        EXPECT_LT((components.covariances.row(k).transpose() - scatter.diagonal()).cwiseAbs().maxCoeff(),
                  1e-13);
    }
  }
}

TEST(UpdateComponents, OneThatOwnsNothingKeepsItsPlaceAndGetsThePriorsSpread) {
  MatrixF values(2, 1);
  values << 1, 3;
  GaussianComponents components{CovarianceShape::kFull, MatrixD::Constant(2, 1, 9), MatrixD::Ones(2, 1)};
  const std::vector<double> owned = {1, 0, 1, 0};
  (void)update_components(RowColumns(values), {owned, {}}, {{4}, 2}, components);
  EXPECT_DOUBLE_EQ(components.means(0, 0), 2);
  EXPECT_DOUBLE_EQ(components.covariances(0, 0), (2 + 2 * 4) / 4.0);
  EXPECT_DOUBLE_EQ(components.means(1, 0), 9);
  EXPECT_DOUBLE_EQ(components.covariances(1, 0), 4);
}

TEST(ComponentsOfLabels, TakesEachLabelsOwnRows) {
  MatrixF values(4, 1);
  values << 1, 10, 3, 14;
  const std::vector<std::int32_t> labels = {0, 1, 0, 1};
  const GaussianComponents components =
      components_of_labels(RowColumns(values), {{1}, 1e-12}, CovarianceShape::kDiagonal, 2, labels);
  EXPECT_DOUBLE_EQ(components.means(0, 0), 2);
  EXPECT_DOUBLE_EQ(components.means(1, 0), 12);
  EXPECT_NEAR(components.covariances(1, 0), 4, 1e-10);
}

}  // namespace
}  // namespace regimetry::regimes
