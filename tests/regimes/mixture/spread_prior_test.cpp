#include "regimes/mixture/spread_prior.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::regimes {
namespace {

TEST(SpreadPrior, SharesTheVolumeOfAllRows) {
  MatrixF values(2, 2);
  values << 0, 0, 2, 6;  // variances 1 and 9
  const SpreadPrior prior = make_spread_prior(RowColumns(values), CovarianceShape::kFull, 4, {});
  EXPECT_NEAR(prior.variances[0], 1.0 / 4, 1e-15);  // 4^(2 / 2)
  EXPECT_NEAR(prior.variances[1], 9.0 / 4, 1e-14);
  EXPECT_EQ(prior.rows, 4);
  EXPECT_EQ(make_spread_prior(RowColumns(values), CovarianceShape::kDiagonal, 4, {}).rows, 3);
  EXPECT_EQ(make_spread_prior(RowColumns(values), CovarianceShape::kDiagonal, 4, 7.5).rows, 7.5);
}

TEST(SpreadPrior, LogDensityIsGreatestAtItsMode) {
  const SpreadPrior prior{{2, 3}, 10};
  const auto at = [&](double scale, double covariance) {
    MatrixD spread(2, 2);
    spread << 2 * scale, covariance, covariance, 3 * scale;
    return prior.log_density(GaussianDensity({CovarianceShape::kFull, MatrixD::Zero(1, 2), spread}));
  };
  EXPECT_NEAR(at(1, 0), -5 * (std::log(6.0) + 2), 1e-12);
  for (const double scale : {0.5, 0.99, 1.01, 2.0}) EXPECT_LT(at(scale, 0), at(1, 0)) << scale;
  EXPECT_LT(at(1, 0.1), at(1, 0));
}

}  // namespace
}  // namespace regimetry::regimes
