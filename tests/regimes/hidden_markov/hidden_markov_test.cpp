#include "regimes/hidden_markov/hidden_markov.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/expect_error.hpp"
#include "regimes/alignment/balanced_accuracy.hpp"
#include "regimes/hidden_markov/simulated_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

HiddenMarkovFit fit(const MatrixF& values, const HiddenMarkovOptions& options, int threads = 1) {
  const std::vector<IndexRange> sequences = {{0, values.rows()}};
  ThreadPool pool(threads);
  return fit_hidden_markov({values, sequences}, options, Rng(3), pool);
}

void expect_whole(const HiddenMarkovFit& result) {
  std::set<std::int32_t> seen(result.fit.labels.begin(), result.fit.labels.end());
  EXPECT_EQ(static_cast<int>(seen.size()), result.model.regime_count());
  EXPECT_EQ(*seen.rbegin(), result.model.regime_count() - 1);
  EXPECT_TRUE(std::isfinite(result.fit.objective));
  EXPECT_TRUE(std::isfinite(result.log_likelihood));
  for (Eigen::Index row = 0; row < result.fit.probabilities.rows(); ++row)
    ASSERT_NEAR(result.fit.probabilities.row(row).sum(), 1, 1e-12);
}

TEST(HiddenMarkov, FindsCalmAndWildStretchesOfReturns) {
  const SimulatedRows rows = simulate_rows(calm_and_wild(), 3000, 5);
  const HiddenMarkovFit result = fit(rows.values, {.regime_count = 2});
  expect_whole(result);
  EXPECT_TRUE(result.fit.has_converged);
  EXPECT_TRUE(result.fit.notes.empty());
  EXPECT_GT(matched_balanced_accuracy(result.fit.labels, rows.truth), 0.97);
  EXPECT_EQ(result.fit.labels[0], 0);
}

TEST(HiddenMarkov, SameBitsForAnyNumberOfThreads) {
  const SimulatedRows rows = simulate_rows(calm_and_wild(), 800, 6);
  for (const StudentDof dof : {StudentDof::kNone, StudentDof::kShared}) {
    const HiddenMarkovFit one = fit(rows.values, {.student_dof = dof}, 1);
    const HiddenMarkovFit three = fit(rows.values, {.student_dof = dof}, 3);
    EXPECT_EQ(one.fit.labels, three.fit.labels);
    EXPECT_EQ(one.fit.objective, three.fit.objective);
    EXPECT_EQ(one.fit.probabilities, three.fit.probabilities);
    EXPECT_EQ(one.model.law().transition, three.model.law().transition);
  }
}

TEST(HiddenMarkov, OneRegimeIsTheMeanAndVarianceOfAllRows) {
  MatrixF values(4, 1);
  values << 1, 2, 3, 6;
  const HiddenMarkovFit result = fit(values, {.regime_count = 1, .prior_spread_rows = 1e-9});
  expect_whole(result);
  EXPECT_DOUBLE_EQ(result.model.law().components.means(0, 0), 3);
  EXPECT_NEAR(result.model.law().components.covariances(0, 0), 14.0 / 4, 1e-8);
  EXPECT_EQ(result.parameter_count, 2);
  const double log_likelihood = -2 * std::log(2 * std::acos(-1.0) * 3.5) - 2;
  EXPECT_NEAR(result.log_likelihood, log_likelihood, 1e-8);
  EXPECT_NEAR(result.bic(), 2 * std::log(4.0) - 2 * log_likelihood, 1e-8);
}

TEST(HiddenMarkov, CountsItsParameters) {
  RngStream stream(2);
  MatrixF values(2000, 2);
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const double level = (i / 400) % 2 == 0 ? -4 : 4;  // 200 rows at a time
    values.data()[i] = static_cast<float>(level + stream.normal());
  }
  const auto parameters = [&](CovarianceShape shape, StudentDof dof) {
    return fit(values, {.regime_count = 2, .student_dof = dof, .covariance = shape, .starts = 3})
        .parameter_count;
  };
  EXPECT_EQ(parameters(CovarianceShape::kFull, StudentDof::kNone), 1 + 2 + 2 * (2 + 3));
  EXPECT_EQ(parameters(CovarianceShape::kDiagonal, StudentDof::kShared), 1 + 2 + 2 * (2 + 2) + 1);
  EXPECT_EQ(parameters(CovarianceShape::kDiagonal, StudentDof::kPerRegime), 1 + 2 + 2 * (2 + 2) + 2);
}

TEST(HiddenMarkov, BicPrefersTheTrueNumberOfRegimes) {
  const SimulatedRows rows = simulate_rows(calm_and_wild(), 3000, 9);
  const double two = fit(rows.values, {.regime_count = 2}).bic();
  EXPECT_LT(two, fit(rows.values, {.regime_count = 1}).bic());
  EXPECT_LT(two, fit(rows.values, {.regime_count = 3}).bic());
}

TEST(HiddenMarkov, OutliersDoNotMoveStudentRegimes) {
  SimulatedRows rows = simulate_rows(calm_and_wild(), 2000, 7);
  for (const Eigen::Index row : {100, 700, 1500}) rows.values(row, 0) = row == 700 ? -60.0F : 60.0F;
  const HiddenMarkovFit student =
      fit(rows.values, {.regime_count = 2, .student_dof = StudentDof::kPerRegime});
  EXPECT_GT(matched_balanced_accuracy(student.fit.labels, rows.truth), 0.95);
  double least = 1e9;
  for (int k = 0; k < student.model.regime_count(); ++k)
    least = std::min(least, student.model.law().components.covariances(k, 0));
  EXPECT_NEAR(least, 0.25, 0.06);
}

TEST(HiddenMarkov, SurvivesManyColumnsAndOutliersOfAMillionSpreads) {
  RngStream stream(11);
  MatrixF values(600, 64);
  for (Eigen::Index i = 0; i < values.size(); ++i)
    values.data()[i] = static_cast<float>((i / 64 / 100 % 2 == 0 ? 1 : 3) * stream.normal());
  values(50, 3) = 1e6F;
  values(51, 3) = -1e6F;
  values(400, 60) = 3e6F;
  for (const CovarianceShape shape : {CovarianceShape::kFull, CovarianceShape::kDiagonal}) {
    for (const StudentDof dof : {StudentDof::kNone, StudentDof::kShared}) {
      const HiddenMarkovFit result =
          fit(values, {.student_dof = dof, .covariance = shape, .starts = 4, .max_iterations = 50});
      expect_whole(result);
      // An online sequence that begins with something far beyond anything seen.
      const std::unique_ptr<OnlineRegimes> online = result.model.start();
      std::vector<float> row(64, -1e30F);
      for (int i = 0; i < 3; ++i) {
        const OnlineRegimes::Answer answer = online->push(row);
        double sum = 0;
        for (const double probability : answer.probabilities) sum += probability;
        EXPECT_NEAR(sum, 1, 1e-12);
        row.assign(64, 0.5F);
      }
    }
  }
}

TEST(HiddenMarkov, SaysWhenARegimeIsTooSmall) {
  // Two rows far from 20 others: the second regime can only ever own those two.
  MatrixF values(22, 1);
  for (Eigen::Index row = 0; row < 20; ++row) values(row, 0) = static_cast<float>(row % 5);
  values(20, 0) = 100;
  values(21, 0) = 101;
  const HiddenMarkovFit result = fit(values, {.regime_count = 2});
  expect_whole(result);
  ASSERT_FALSE(result.fit.notes.empty());
  EXPECT_THAT(result.fit.notes[0], HasSubstr("owns only 2.0 rows"));
}

TEST(HiddenMarkov, SaysWhenItStoppedEarlyAndKeepsAConstantColumnOutOfIt) {
  const SimulatedRows rows = simulate_rows(calm_and_wild(), 500, 8);
  MatrixF values = MatrixF::Constant(500, 2, 7.0F);
  values.col(0) = rows.values.col(0);
  const HiddenMarkovFit early = fit(values, {.regime_count = 2, .max_iterations = 1});
  EXPECT_FALSE(early.fit.has_converged);
  EXPECT_EQ(early.fit.iterations, 1);
  EXPECT_THAT(early.fit.notes.at(0), HasSubstr("after 1 iterations"));
  const HiddenMarkovFit whole = fit(values, {.regime_count = 2});
  EXPECT_TRUE(whole.fit.notes.empty());
  EXPECT_GT(matched_balanced_accuracy(whole.fit.labels, rows.truth), 0.9);
}

TEST(HiddenMarkov, RefusesWhatItCannotFit) {
  const MatrixF values = simulate_rows(calm_and_wild(), 50, 1).values;
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] { (void)fit(values, {.regime_count = 0, .starts = 0, .prior_stay_rows = 1}); }),
              testing::AllOf(HasSubstr("n_clusters is 0"), HasSubstr("starts is 0"),
                             HasSubstr("prior_stay_rows is 1")));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)fit(values, {.regime_count = 65}); }),
              HasSubstr("1 to 64"));
  MatrixF few = MatrixF::Zero(9, 1);
  few(3, 0) = 1;
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)fit(few, {.regime_count = 3}); }),
              HasSubstr("only 2 of the 9 rows are distinct"));
  MatrixF hole = values;
  hole(7, 0) = std::nanf("");
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)fit(hole, {}); }), HasSubstr("Row 7, column 0"));
}

}  // namespace
}  // namespace regimetry::regimes
