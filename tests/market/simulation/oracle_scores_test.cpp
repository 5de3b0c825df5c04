#include "market/simulation/oracle_scores.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::market {
namespace {

using Labels = std::vector<std::int32_t>;

TEST(LabelAccuracy, CountsHits) {
  EXPECT_DOUBLE_EQ(label_accuracy(Labels{0, 1, 1, 2}, Labels{0, 1, 2, 2}), 0.75);
}

TEST(BalancedAccuracy, AveragesRecallOverVisitedRegimesOnly) {
  // Regime 0: 3 of 4; regime 1: 1 of 1; regime 2 never occurs, naming it is only a miss of regime 0.
  EXPECT_DOUBLE_EQ(balanced_accuracy(Labels{0, 0, 0, 0, 1}, Labels{0, 0, 0, 2, 1}, 3), 0.875);
  EXPECT_TRUE(std::isnan(recall_per_regime(Labels{0, 1}, Labels{0, 1}, 3)[2]));
}

TEST(AdjustedRand, KnowsEqualRenamedAndCrossedPartitions) {
  EXPECT_DOUBLE_EQ(adjusted_rand(Labels{0, 0, 1, 1}, Labels{0, 0, 1, 1}, 2), 1);
  EXPECT_DOUBLE_EQ(adjusted_rand(Labels{0, 0, 1, 1}, Labels{1, 1, 0, 0}, 2), 1);
  EXPECT_DOUBLE_EQ(adjusted_rand(Labels{0, 0, 1, 1}, Labels{0, 1, 0, 1}, 2), -0.5);
  // Six points, by hand: 2 pairs together in both, 6 and 3 in each, 15 in all: (2 - 1.2) / (4.5 - 1.2).
  EXPECT_NEAR(adjusted_rand(Labels{0, 0, 0, 1, 1, 1}, Labels{0, 0, 1, 1, 2, 2}, 3), 0.8 / 3.3, 1e-15);
}

TEST(AdjustedRand, ASingleGroupOnBothSidesIsAgreement) {
  EXPECT_EQ(adjusted_rand(Labels{0, 0}, Labels{0, 0}, 1), 1);
}

TEST(ScoreOracle, JudgesEachBetByTheBarAfterIt) {
  const RegimeParameters p{
      .names = {"only"}, .means = {0}, .sds = {1}, .transition = {1}, .timeframe = {}, .student_t_dof = {}};
  const std::vector<double> returns{1, -1, 1};
  OracleAnswer answer;
  answer.viterbi = answer.filter = answer.smoother = {0, 0, 0};
  answer.p_up = {0.3, 0.9, 0.1};  // down before the fall, up before the rise; the last one is never judged
  const OracleScores scores = score_oracle(p, {returns, {}, {}}, answer, answer.viterbi);
  EXPECT_DOUBLE_EQ(scores.direction.realised_accuracy, 1);
  EXPECT_DOUBLE_EQ(scores.direction.bayes_accuracy, 0.8);
  EXPECT_DOUBLE_EQ(scores.direction.up_share, 0.5);
  EXPECT_DOUBLE_EQ(scores.direction.bound_knowing_regime, 0.5);
}

}  // namespace
}  // namespace regimetry::market
