#include "regimes/mixture/mixture_iterations.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/support/overlapping_groups.hpp"

namespace regimetry::regimes {
namespace {

// Where golden_mixture.py lets scikit-learn begin.
GaussianMixtureLaw golden_start(CovarianceShape shape) {
  const bool is_full = shape == CovarianceShape::kFull;
  GaussianMixtureLaw law{Eigen::VectorXd::Constant(3, 1.0 / 3),
                         {shape, MatrixD(3, 2), MatrixD::Ones(is_full ? 6 : 3, 2)}};
  law.components.means << 0, 0, 4, 0, 2, 3;
  if (is_full) law.components.covariances << 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1;
  return law;
}

MixtureResult run(CovarianceShape shape, const MixtureLimits& limits, double prior_rows) {
  const RowColumns rows(overlapping_groups());
  return run_mixture_iterations(rows, make_spread_prior(rows, shape, 3, prior_rows), limits,
                                golden_start(shape));
}

TEST(MixtureIterations, EndsWhereScikitLearnDoes) {
  // Next to no prior, as there; both iterate until nothing moves.
  const MixtureResult full = run(CovarianceShape::kFull, {5000, 1e-13}, 1e-9);
  EXPECT_NEAR(full.log_likelihood, -1109.7386857604029, 1e-7);
  EXPECT_NEAR(full.law.weights(0), 0.3084680100819986, 1e-5);
  EXPECT_NEAR(full.law.components.means(1, 0), 3.9170305931524116, 1e-5);
  EXPECT_NEAR(full.law.components.means(2, 1), 2.9847213152469094, 1e-5);
  const MixtureResult diagonal = run(CovarianceShape::kDiagonal, {5000, 1e-13}, 1e-9);
  EXPECT_NEAR(diagonal.log_likelihood, -1112.4726167846266, 1e-7);
  EXPECT_NEAR(diagonal.law.weights(0), 0.3425731393570999, 1e-5);
  EXPECT_NEAR(diagonal.law.components.means(0, 0), -0.05056956184361942, 1e-5);
}

TEST(MixtureIterations, NeverMakeThePosteriorSmaller) {
  for (const CovarianceShape shape : {CovarianceShape::kFull, CovarianceShape::kDiagonal}) {
    double before = run(shape, {0, 0}, 4).log_posterior;
    for (std::int64_t iterations = 1; iterations < 60; ++iterations) {
      const MixtureResult result = run(shape, {iterations, 0}, 4);
      EXPECT_GE(result.log_posterior, before - 1e-9) << iterations;
      before = result.log_posterior;
    }
  }
}

TEST(Responsibilities, AddUpAndAgreeWithTheDefinition) {
  const GaussianMixtureLaw law = golden_start(CovarianceShape::kFull);
  const MatrixF values = overlapping_groups();
  const Responsibilities shares = responsibilities_of(RowColumns(values), law);
  double expected = 0;
  for (Eigen::Index row = 0; row < 300; ++row) {
    double total = 0, first = 0;
    for (Eigen::Index k = 0; k < 3; ++k) {
      const double squares = (values.row(row).cast<double>() - law.components.means.row(k)).squaredNorm();
      const double density = std::exp(-squares / 2) / (2 * std::acos(-1.0)) / 3;
      total += density;
      if (k == 0) first = density;
    }
    expected += std::log(total);
    EXPECT_NEAR(shares.values[static_cast<std::size_t>(3 * row)], first / total, 1e-13);
  }
  EXPECT_NEAR(shares.log_likelihood, expected, 1e-9);
}

}  // namespace
}  // namespace regimetry::regimes
