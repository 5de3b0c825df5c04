#include "regimes/jump/jump_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

JumpOptions with(int regimes, double penalty, JumpLoss loss = JumpLoss::kSquared) {
  JumpOptions options;
  options.regime_count = regimes;
  options.penalty = penalty;
  options.loss = loss;
  return options;
}

JumpFit fit(const OneSequence& data, const JumpOptions& options, int threads = 1) {
  ThreadPool pool(threads);
  return fit_jump_model(data.rows(), options, Rng(1), pool);
}

TEST(JumpModel, FindsRegimesThatNoSingleRowShows) {
  const OneSequence data(steps(2, 10, 60, 1.5, 2, 1));
  std::vector<std::int32_t> truth;
  for (int t = 0; t < 600; ++t) truth.push_back(t / 60 % 2);
  const JumpFit without = fit(data, with(2, 0)), with_penalty = fit(data, with(2, 10));
  EXPECT_LT(adjusted_rand_index(without.fit.labels, truth), 0.7);
  EXPECT_GT(adjusted_rand_index(with_penalty.fit.labels, truth), 0.97);
  EXPECT_EQ(with_penalty.switch_count, 9);
  EXPECT_TRUE(with_penalty.fit.has_converged);
}

TEST(JumpModel, TellsRegimesOfDifferentSpreadApart) {
  const OneSequence data(storms(8, 100, 3, 2));
  std::vector<std::int32_t> truth;
  for (int t = 0; t < 800; ++t) truth.push_back(t / 100 % 2);
  EXPECT_GT(adjusted_rand_index(fit(data, with(2, 6, JumpLoss::kGaussian)).fit.labels, truth), 0.9);
}

// Starts are tried on stretches of a long history; the answer must not suffer.
TEST(JumpModel, FindsTheSameRegimesInALongHistoryFromStretchesOfIt) {
  const OneSequence data(storms(40, 100, 3, 2));
  JumpOptions options;
  options.regime_count = 2;
  options.penalty = 5;
  options.loss = JumpLoss::kGaussian;
  ThreadPool pool(1);
  const JumpFit whole = fit_jump_model(data.rows(), options, Rng(1), pool);
  options.most_start_rows = 1'000;
  const JumpFit from_stretches = fit_jump_model(data.rows(), options, Rng(1), pool);
  EXPECT_EQ(from_stretches.fit.labels, whole.fit.labels);
  EXPECT_TRUE(from_stretches.fit.has_converged);
}

TEST(JumpModel, IsKMeansWhenSwitchesAreFree) {
  const OneSequence data(steps(3, 9, 30, 2, 2, 3));
  const JumpFit found = fit(data, with(3, 0));
  const MatrixD& centers = found.model.emission().centers;
  for (Eigen::Index t = 0; t < data.values.rows(); ++t) {
    Eigen::Index nearest = 0;
    (centers.rowwise() - data.values.row(t).cast<double>()).rowwise().squaredNorm().minCoeff(&nearest);
    ASSERT_EQ(found.fit.labels[static_cast<std::size_t>(t)], nearest) << t;
  }
  for (int k = 0; k < 3; ++k) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(2);
    double count = 0;
    for (Eigen::Index t = 0; t < data.values.rows(); ++t) {
      if (found.fit.labels[static_cast<std::size_t>(t)] != k) continue;
      sum += data.values.row(t).cast<double>();
      count += 1;
    }
    EXPECT_TRUE(centers.row(k).isApprox(sum / count, 1e-9));
  }
}

TEST(JumpModel, LeavesOneRegimeAtAnInfinitePenaltyAndSaysSo) {
  const OneSequence data(steps(2, 10, 20, 5, 1, 4));
  const JumpFit found = fit(data, with(2, std::numeric_limits<double>::infinity()));
  EXPECT_EQ(std::count(found.fit.labels.begin(), found.fit.labels.end(), 0), 200);
  EXPECT_EQ(found.model.regime_count(), 1);
  ASSERT_EQ(found.fit.notes.size(), 1U);
  EXPECT_NE(found.fit.notes[0].find("1 of the 2 regimes"), std::string::npos);
}

TEST(JumpModel, NeverMakesTheObjectiveLarger) {
  for (const JumpLoss loss : {JumpLoss::kSquared, JumpLoss::kGaussian}) {
    const OneSequence data(steps(3, 30, 15, 1, 2, 5));
    double before = std::numeric_limits<double>::infinity();
    for (int rounds = 1; rounds < 30; ++rounds) {
      JumpOptions options = with(3, 3, loss);
      options.starts = 1;
      options.max_iterations = rounds;
      const JumpFit found = fit(data, options);
      EXPECT_LE(found.fit.objective, before + 1e-9) << rounds;
      before = found.fit.objective;
      if (found.fit.has_converged) break;
      EXPECT_NE(found.fit.notes.size(), 0U);
    }
  }
}

TEST(JumpModel, PaysNothingBetweenSequences) {
  MatrixF values(40, 1);
  for (int t = 0; t < 40; ++t) values(t, 0) = t < 20 ? 0.0F : 1.0F;
  const IndexRange parts[] = {{0, 20}, {20, 40}};
  ThreadPool pool(1);
  const double dear = 1e6;
  EXPECT_EQ(fit_jump_model({values, parts}, with(2, dear), Rng(1), pool).model.regime_count(), 2);
  EXPECT_EQ(fit(OneSequence(values), with(2, dear)).model.regime_count(), 1);
}

TEST(JumpModel, IsTheSameForAnyNumberOfThreads) {
  const OneSequence data(steps(3, 30, 15, 1, 4, 6));
  const JumpFit one = fit(data, with(3, 4), 1), three = fit(data, with(3, 4), 3);
  EXPECT_EQ(one.fit.labels, three.fit.labels);
  EXPECT_EQ(one.fit.objective, three.fit.objective);
  EXPECT_EQ(one.fit.probabilities, three.fit.probabilities);
}

TEST(JumpModel, NumbersRegimesAsTheyFirstOccur) {
  const JumpFit found = fit(OneSequence(steps(3, 6, 30, 20, 1, 7)), with(3, 5));
  EXPECT_EQ(found.fit.labels[0], 0);
  EXPECT_EQ(found.fit.labels[30], 1);
  EXPECT_EQ(found.fit.labels[60], 2);
  EXPECT_NEAR(found.model.emission().centers(2, 0), 40, 1);
}

TEST(JumpModel, IsLessSureNearSwitches) {
  const JumpFit found = fit(OneSequence(steps(2, 4, 50, 2, 1, 8)), with(2, 6));
  const auto sureness = [&](Eigen::Index t) { return found.fit.probabilities.row(t).maxCoeff(); };
  EXPECT_GT(sureness(25), 0.99);
  EXPECT_LT(std::min({sureness(48), sureness(49), sureness(50), sureness(51)}), sureness(25));
}

TEST(JumpModel, RefusesWhatItCannotFit) {
  ThreadPool pool(1);
  const OneSequence data(steps(1, 1, 10, 0, 1, 9)), none(MatrixF(0, 2));
  MatrixF broken = data.values;
  broken(3, 0) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW((void)fit(data, with(0, 1)), Error);
  EXPECT_THROW((void)fit(data, with(65, 1)), Error);
  EXPECT_THROW((void)fit(data, with(2, -1)), Error);
  EXPECT_THROW((void)fit(data, with(2, std::numeric_limits<double>::quiet_NaN())), Error);
  EXPECT_THROW((void)fit(none, with(2, 1)), Error);
  EXPECT_THROW((void)fit(OneSequence(broken), with(2, 1)), Error);
  JumpOptions wrong = with(0, -1);
  wrong.starts = 0;
  EXPECT_EQ(wrong.problems().size(), 3U);
}

}  // namespace
}  // namespace regimetry::regimes
