#include "regimes/jump/jump_emission.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

JumpEmission two_regimes(Eigen::Index width) {
  return {MatrixD::Zero(2, width), MatrixD::Ones(2, width), Eigen::VectorXd::Zero(2)};
}

TEST(JumpSamples, MovesSquaredCentresToTheMeansOfTheirRows) {
  MatrixF values(4, 2);
  values << 1, 10, 3, 30, 100, 0, 102, 2;
  JumpEmission emission = two_regimes(2);
  const std::vector<std::int32_t> labels = {0, 0, 1, 1};
  JumpSamples(values).update(labels, JumpLoss::kSquared, emission);
  EXPECT_TRUE(emission.centers.isApprox((MatrixD(2, 2) << 2, 20, 101, 1).finished(), 1e-12));
  EXPECT_TRUE(emission.precisions.isOnes());
}

TEST(JumpSamples, FitsMeanAndVarianceOfGaussianRegimes) {
  MatrixF values(5, 1);
  values << 1, 3, 10, 10, 40;
  JumpEmission emission = two_regimes(1);
  const std::vector<std::int32_t> labels = {0, 0, 1, 1, 1};
  JumpSamples(values).update(labels, JumpLoss::kGaussian, emission);
  EXPECT_NEAR(emission.centers(1, 0), 20, 1e-12);
  EXPECT_NEAR(1 / emission.precisions(0, 0), 1, 1e-12);
  EXPECT_NEAR(1 / emission.precisions(1, 0), 200, 1e-9);
  EXPECT_NEAR(emission.offsets[1], 0.5 * std::log(200.0), 1e-12);
}

TEST(JumpSamples, LeavesARegimeWithoutRowsWhereItIs) {
  const MatrixF values = steps(1, 1, 10, 0, 1, 1);
  JumpEmission emission = two_regimes(1);
  emission.centers(1, 0) = 7;
  JumpSamples(values).update(std::vector<std::int32_t>(10, 0), JumpLoss::kSquared, emission);
  EXPECT_EQ(emission.centers(1, 0), 7);
}

TEST(JumpSamples, KeepsTheLossOfConstantColumnsFinite) {
  MatrixF values(6, 2);
  values << 5, 1, 5, 2, 5, 3, 5, 4, 5, 5, 5, 6;
  JumpEmission emission = two_regimes(2);
  const JumpSamples samples(values);
  samples.update(std::vector<std::int32_t>{0, 0, 0, 1, 1, 1}, JumpLoss::kGaussian, emission);
  Eigen::ArrayXXd losses;
  samples.compute_losses(emission, losses);
  EXPECT_TRUE(losses.isFinite().all());
}

TEST(JumpSamples, TakesWholeWeightsForLabels) {
  const MatrixF values = steps(2, 4, 25, 3, 2, 2);
  std::vector<std::int32_t> labels;
  MatrixD weights = MatrixD::Zero(100, 2);
  for (int t = 0; t < 100; ++t) {
    labels.push_back(t / 25 % 2);
    weights(t, labels.back()) = 1;
  }
  JumpEmission by_labels = two_regimes(2), by_weights = two_regimes(2);
  JumpSamples(values).update(labels, JumpLoss::kGaussian, by_labels);
  JumpSamples(values).update(weights, JumpLoss::kGaussian, by_weights);
  EXPECT_TRUE(by_labels.centers.isApprox(by_weights.centers, 1e-10));
  EXPECT_TRUE(by_labels.precisions.isApprox(by_weights.precisions, 1e-10));
}

TEST(JumpEmission, CostsOneRowAsItCostsMany) {
  const MatrixF values = steps(2, 40, 30, 2, 3, 3);  // more rows than a block
  JumpEmission emission = two_regimes(3);
  emission.centers << 0, 1, 2, 3, 4, 5;
  emission.precisions << 1, 2, 3, 0.5, 1, 2;
  emission.offsets << 0.25, -1;
  Eigen::ArrayXXd losses;
  JumpSamples(values).compute_losses(emission, losses);
  std::vector<double> one(2);
  for (Eigen::Index t = 0; t < values.rows(); ++t) {
    emission.losses_of({values.row(t).data(), 3}, one);
    ASSERT_EQ(losses(t, 0), one[0]) << t;
    ASSERT_EQ(losses(t, 1), one[1]) << t;
  }
}

}  // namespace
}  // namespace regimetry::regimes
