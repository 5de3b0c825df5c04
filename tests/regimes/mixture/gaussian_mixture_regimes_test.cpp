#include "regimes/mixture/gaussian_mixture_regimes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

GaussianMixtureRegimes narrow_and_wide() {
  GaussianMixtureLaw law{Eigen::VectorXd(2),
                         {CovarianceShape::kDiagonal, MatrixD::Zero(2, 1), MatrixD(2, 1)}};
  law.weights << 0.8, 0.2;
  law.components.covariances << 1, 16;
  return GaussianMixtureRegimes(law);
}

TEST(GaussianMixtureRegimes, WeighsDensities) {
  const GaussianMixtureRegimes model = narrow_and_wide();
  const std::unique_ptr<OnlineRegimes> online = model.start();
  const OnlineRegimes::Answer near = online->push(std::array{0.0F});
  EXPECT_EQ(near.label, 0);
  EXPECT_NEAR(near.probabilities[0], 0.8 / (0.8 + 0.2 / 4), 1e-14);
  EXPECT_EQ(online->push(std::array{-9.0F}).label, 1);
  const OnlineRegimes::Answer beyond = online->push(std::array{3e38F});
  EXPECT_EQ(beyond.label, 1);
  EXPECT_EQ(beyond.probabilities[1], 1);
}

TEST(GaussianMixtureRegimes, ComesBackFromItsTensors) {
  const GaussianMixtureRegimes model = narrow_and_wide();
  const GaussianMixtureRegimes back = GaussianMixtureRegimes::from_tensors(model.to_tensors());
  EXPECT_EQ(back.law().weights, model.law().weights);
  EXPECT_EQ(back.law().components.covariances, model.law().components.covariances);
  TensorFile file = model.to_tensors();
  file.tensors["weights"] = TensorData::from_float64(std::array{0.5, 0.4}, {1, 2});
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)GaussianMixtureRegimes::from_tensors(file); }),
              testing::HasSubstr("'weights' add up to 0.9"));
}

}  // namespace
}  // namespace regimetry::regimes
