#include "regimes/jump/jump_probabilities.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

TEST(JumpPosterior, IsTheGibbsLawOverAllPaths) {
  const Eigen::Index rows = 6, regimes = 3;
  const double penalty = 0.8, temperature = 0.6;
  const Eigen::ArrayXXd losses = random_losses(rows, regimes, 1);
  MatrixD expected = MatrixD::Zero(rows, regimes);
  double total = 0, switches = 0;
  for_every_path(rows, regimes, [&](std::span<const std::int32_t> labels) {
    const double weight = std::exp(-path_cost(losses, penalty, labels) / temperature);
    total += weight;
    switches += weight * static_cast<double>(switches_in(labels));
    for (Eigen::Index t = 0; t < rows; ++t) expected(t, labels[static_cast<std::size_t>(t)]) += weight;
  });
  const JumpPosterior posterior = jump_posterior(losses, penalty, temperature);
  EXPECT_TRUE(posterior.probabilities.isApprox(expected / total, 1e-10));
  EXPECT_NEAR(posterior.expected_switches, switches / total, 1e-10);
}

TEST(JumpPosterior, StandsLossesThatNoExponentialHolds) {
  Eigen::ArrayXXd losses = 1e6 * random_losses(500, 2, 2);
  const JumpPosterior posterior = jump_posterior(losses, 10, 1);
  EXPECT_TRUE(posterior.probabilities.allFinite());
  for (Eigen::Index t = 0; t < 500; ++t) ASSERT_NEAR(posterior.probabilities.row(t).sum(), 1, 1e-12);
}

TEST(JumpFilter, ForgetsTheFutureOnly) {
  const Eigen::ArrayXXd losses = random_losses(50, 3, 3);
  JumpFilter filter(3, 1, 0.5);
  for (Eigen::Index t = 0; t < losses.rows(); ++t) {
    std::vector<double> row;
    for (Eigen::Index k = 0; k < 3; ++k) row.push_back(losses(t, k));
    filter.push(row);
    const MatrixD prefix = jump_posterior(losses.topRows(t + 1), 1, 0.5).probabilities;
    for (Eigen::Index k = 0; k < 3; ++k)
      ASSERT_NEAR(filter.probabilities()[static_cast<std::size_t>(k)], prefix(t, k), 1e-12) << t;
  }
}

TEST(BalancedRegimes, NamesRareRegimesSooner) {
  MatrixD probabilities(4, 2);
  probabilities << .95, .05, .95, .05, .95, .05, .6, .4;
  EXPECT_EQ(likeliest_regimes(probabilities), (std::vector<std::int32_t>{0, 0, 0, 0}));
  EXPECT_EQ(balanced_regimes(probabilities), (std::vector<std::int32_t>{0, 0, 0, 1}));
}

}  // namespace
}  // namespace regimetry::regimes
