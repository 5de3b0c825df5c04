#include "regimes/hidden_markov/baum_welch.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "regimes/hidden_markov/simulated_rows.hpp"

namespace regimetry::regimes {
namespace {

struct Case {
  SimulatedRows simulated;
  RowColumns rows;
  std::vector<IndexRange> sequences;
  HiddenMarkovPrior prior;

  Case(const HiddenMarkovLaw& law, int row_count, CovarianceShape shape)
      : simulated(simulate_rows(law, row_count, 21)),
        rows(simulated.values),
        sequences{{0, row_count / 3}, {row_count / 3, row_count}},
        prior{make_spread_prior(rows, shape, 2, {}), 1, 20, 1} {}

  // Labels that say little: rows in turn, a quarter of the first by size.
  [[nodiscard]] HiddenMarkovLaw poor_start(CovarianceShape shape, StudentDof dof) const {
    std::vector<std::int32_t> labels;
    for (Eigen::Index row = 0; row < simulated.values.rows(); ++row)
      labels.push_back(row % 2 == 0 || std::abs(simulated.values(row, 0)) > 2 ? 1 : 0);
    return law_of_labels(rows, sequences, prior, shape, dof, 2, labels);
  }
};

TEST(BaumWelch, NeverMakesThePosteriorSmaller) {
  HiddenMarkovLaw truth = calm_and_wild();
  truth.student_dof = {4, 4};
  for (const StudentDof dof : {StudentDof::kNone, StudentDof::kShared, StudentDof::kPerRegime}) {
    for (const CovarianceShape shape : {CovarianceShape::kFull, CovarianceShape::kDiagonal}) {
      const Case test(truth, 600, shape);
      HiddenMarkovLaw law = test.poor_start(shape, dof);
      double before = run_baum_welch(test.rows, test.sequences, test.prior, {dof, 0, 0}, law).log_posterior;
      for (int i = 0; i < 40; ++i) {
        BaumWelchResult result =
            run_baum_welch(test.rows, test.sequences, test.prior, {dof, 1, 0}, std::move(law));
        EXPECT_GE(result.log_posterior, before - 1e-9 * std::abs(before)) << i;
        before = result.log_posterior;
        law = std::move(result.law);
      }
    }
  }
}

TEST(BaumWelch, FindsTheLawThatDrewTheRows) {
  const Case test(calm_and_wild(), 20000, CovarianceShape::kFull);
  const BaumWelchResult result =
      run_baum_welch(test.rows, test.sequences, test.prior, {StudentDof::kNone, 500, 1e-9},
                     test.poor_start(CovarianceShape::kFull, StudentDof::kNone));
  ASSERT_TRUE(result.has_converged);
  EXPECT_NEAR(result.law.components.means(0, 0), 0.2, 0.02);
  EXPECT_NEAR(result.law.components.means(1, 0), -0.3, 0.06);
  EXPECT_NEAR(result.law.components.covariances(0, 0), 0.25, 0.02);
  EXPECT_NEAR(result.law.components.covariances(1, 0), 4, 0.2);
  EXPECT_NEAR(result.law.transition(0, 1), 0.01, 0.003);
  EXPECT_NEAR(result.law.transition(1, 0), 0.01, 0.003);
  EXPECT_NEAR(result.owned[0] + result.owned[1], 20000, 1e-6);
}

TEST(BaumWelch, FindsDegreesOfFreedom) {
  HiddenMarkovLaw truth = calm_and_wild();
  truth.student_dof = {4, 50};
  const Case test(truth, 20000, CovarianceShape::kFull);
  const BaumWelchResult result =
      run_baum_welch(test.rows, test.sequences, test.prior, {StudentDof::kPerRegime, 1000, 1e-9},
                     test.poor_start(CovarianceShape::kFull, StudentDof::kPerRegime));
  EXPECT_NEAR(result.law.student_dof[0], 4, 0.6);
  EXPECT_GT(result.law.student_dof[1], 12);
  EXPECT_NEAR(result.law.components.covariances(0, 0), 0.25, 0.03);
  EXPECT_NEAR(result.law.components.covariances(1, 0), 4, 0.4);
}

TEST(LawOfLabels, CountsTransitionsWithinSequencesOnly) {
  MatrixF values(6, 1);
  values << 1, 2, 10, 11, 12, 3;
  const RowColumns rows(values);
  const std::vector<IndexRange> sequences = {{0, 2}, {2, 6}};
  const HiddenMarkovPrior prior{make_spread_prior(rows, CovarianceShape::kFull, 2, 1e-9), 1, 0.5, 0.5};
  const std::vector<std::int32_t> labels = {0, 0, 1, 1, 1, 0};
  const HiddenMarkovLaw law =
      law_of_labels(rows, sequences, prior, CovarianceShape::kFull, StudentDof::kNone, 2, labels);
  // From 0: one stay, no switch, though row 2 follows row 1. From 1: two stays, one switch.
  EXPECT_DOUBLE_EQ(law.transition(0, 1), 0.5 / 2);
  EXPECT_DOUBLE_EQ(law.transition(1, 0), 1.5 / 4);
  EXPECT_DOUBLE_EQ(law.initial(0), 0.5);
  EXPECT_DOUBLE_EQ(law.components.means(0, 0), 2);
  EXPECT_DOUBLE_EQ(law.components.means(1, 0), 11);
  EXPECT_NEAR(law.components.covariances(1, 0), 2.0 / 3, 1e-8);
  EXPECT_TRUE(law.student_dof.empty());
}

}  // namespace
}  // namespace regimetry::regimes
