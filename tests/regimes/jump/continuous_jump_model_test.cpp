#include "regimes/jump/continuous_jump_model.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/jump/jump_cases.hpp"
#include "regimes/jump/jump_model.hpp"

namespace regimetry::regimes {
namespace {

ContinuousJumpFit fit(const OneSequence& data, int regimes, double penalty) {
  ContinuousJumpOptions options;
  options.regime_count = regimes;
  options.penalty = penalty;
  ThreadPool pool(1);
  return fit_continuous_jump_model(data.rows(), options, Rng(1), pool);
}

TEST(ContinuousJumpModel, FindsNoisySteps) {
  for (const int regimes : {2, 3}) {
    const ContinuousJumpFit found = fit(OneSequence(steps(regimes, 12, 50, 2, 2, 1)), regimes, 100);
    std::vector<std::int32_t> truth;
    for (int t = 0; t < 600; ++t) truth.push_back(t / 50 % regimes);
    EXPECT_GT(adjusted_rand_index(found.fit.labels, truth), 0.9) << regimes;
    for (Eigen::Index t = 0; t < 600; ++t) ASSERT_NEAR(found.fit.probabilities.row(t).sum(), 1, 1e-12);
  }
}

// Every discrete path is on the grid, at the same cost.
TEST(ContinuousJumpModel, CostsLessThanTheDiscreteModel) {
  const OneSequence data(steps(2, 6, 30, 2, 1, 2));
  ThreadPool pool(1);
  JumpOptions discrete;
  discrete.penalty = 20;
  EXPECT_LE(fit(data, 2, 20).fit.objective,
            fit_jump_model(data.rows(), discrete, Rng(1), pool).fit.objective + 1e-9);
}

TEST(ContinuousJumpModel, MovesGraduallyWhereRowsDo) {
  MatrixF values(120, 1);
  for (int t = 0; t < 120; ++t)
    values(t, 0) = t < 40 ? 0.0F : t < 80 ? 0.25F * static_cast<float>(t - 40) : 10.0F;
  const ContinuousJumpFit found = fit(OneSequence(values), 2, 200);
  const Eigen::VectorXd weight = found.fit.probabilities.col(1);
  EXPECT_LT(weight[5], 0.1);
  EXPECT_NEAR(weight[60], 0.5, 0.2);
  EXPECT_GT(weight[115], 0.9);
  EXPECT_LT((weight.tail(119) - weight.head(119)).cwiseAbs().maxCoeff(), 0.3);
}

TEST(ContinuousJumpModel, StaysInOneMixtureAtAVeryLargePenalty) {
  const ContinuousJumpFit found = fit(OneSequence(steps(2, 6, 20, 3, 1, 3)), 2, 1e12);
  for (Eigen::Index t = 1; t < 120; ++t)
    ASSERT_EQ(found.fit.probabilities.row(t), found.fit.probabilities.row(0)) << t;
}

TEST(ContinuousPenalty, GrowsWithTheSquareOfTheDiscreteOne) {
  EXPECT_DOUBLE_EQ(continuous_penalty(6, 0.25), 144);
  EXPECT_DOUBLE_EQ(continuous_penalty(6, 100), 6);
  EXPECT_DOUBLE_EQ(continuous_penalty(6, 0), 6);
}

TEST(ContinuousJumpModel, RefusesWhatItCannotFit) {
  const OneSequence data(steps(2, 4, 10, 3, 1, 4));
  EXPECT_THROW((void)fit(data, 1, 1), Error);
  EXPECT_THROW((void)fit(data, 5, 1), Error);
  EXPECT_THROW((void)fit(data, 2, -1), Error);
  EXPECT_THROW((void)fit(OneSequence(MatrixF(0, 1)), 2, 1), Error);
}

}  // namespace
}  // namespace regimetry::regimes
