#include "regimes/jump/jump_temperature.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

// Squared losses of two regimes at 0 and `apart` with noise of this sd that repeats each draw `repeats`
// times.
double measure(double apart, double sd, int repeats, JumpLoss loss = JumpLoss::kSquared) {
  RngStream draws(1);
  const Eigen::Index rows = 20000;
  Eigen::ArrayXXd losses(rows, 2);
  std::vector<std::int32_t> labels;
  double noise = 0;
  for (Eigen::Index t = 0; t < rows; ++t) {
    labels.push_back(t < rows / 2 ? 0 : 1);
    if (t % repeats == 0) noise = sd * draws.normal();
    const double x = apart * labels.back() + noise;
    losses(t, 0) = x * x / 2;
    losses(t, 1) = (x - apart) * (x - apart) / 2;
  }
  return jump_temperature(losses, labels, loss);
}

TEST(JumpTemperature, IsTheVarianceOfIndependentNormalRows) {
  EXPECT_NEAR(measure(3, 1, 1), 1, 0.1);
  EXPECT_NEAR(measure(1, 1, 1), 1, 0.1);
  EXPECT_NEAR(measure(3, 2, 1), 4, 0.4);
}

TEST(JumpTemperature, RisesWithTheRowsThatSayTheSame) {
  EXPECT_NEAR(measure(3, 1, 5), 5, 0.7);
  EXPECT_NEAR(measure(3, 1, 20), 20, 4);
}

TEST(JumpTemperature, CountsOnlyMemoryForGaussianLosses) {
  EXPECT_NEAR(measure(3, 2, 1, JumpLoss::kGaussian), 1, 0.1);
  EXPECT_NEAR(measure(3, 2, 5, JumpLoss::kGaussian), 5, 0.7);
}

TEST(JumpTemperature, IsOneWithoutASecondRegime) {
  EXPECT_EQ(
      jump_temperature(Eigen::ArrayXXd::Ones(50, 1), std::vector<std::int32_t>(50, 0), JumpLoss::kSquared),
      1);
}

}  // namespace
}  // namespace regimetry::regimes
