#include "regimes/kmeans/kmeans.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/expect_error.hpp"
#include "regimes/support/counted_numbers.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

KMeansFit fit(const MatrixF& values, const KMeansOptions& options, int threads = 1) {
  ThreadPool pool(threads);
  return fit_kmeans({values, {}}, options, Rng(1), pool);
}

// As in golden_clusters.py.
MatrixF overlapping_groups() {
  CountedNumbers numbers(1);
  const double corners[3][2] = {{0, 0}, {4, 0}, {2, 3}};
  MatrixF values(300, 2);
  for (int row = 0; row < 300; ++row) {
    for (int column = 0; column < 2; ++column)
      values(row, column) = static_cast<float>(corners[row % 3][column] + numbers.normal());
  }
  return values;
}

TEST(KMeans, FindsTheOptimumThatScikitLearnFinds) {
  const KMeansFit result = fit(overlapping_groups(), {.regime_count = 3, .tolerance = 0});
  EXPECT_NEAR(result.fit.objective, 505.02216660256, 1e-9);
  MatrixD centers = result.regimes.centers();
  std::vector<std::pair<double, double>> sorted;
  for (int k = 0; k < 3; ++k) sorted.emplace_back(centers(k, 0), centers(k, 1));
  std::sort(sorted.begin(), sorted.end());
  const double golden[3][2] = {{-0.08198222960576063, 0.08337613556644663},
                               {2.0894943967307964, 3.1588966735859536},
                               {3.951680674272424, 0.11484889014094446}};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(sorted[k].first, golden[k][0], 1e-9);
    EXPECT_NEAR(sorted[k].second, golden[k][1], 1e-9);
  }
  EXPECT_TRUE(result.fit.has_converged);
  EXPECT_TRUE(result.fit.notes.empty());
}

TEST(KMeans, LabelsAreWhatTheFittedModelSaysOfTheRows) {
  const MatrixF values = overlapping_groups();
  const KMeansFit result = fit(values, {.regime_count = 3});
  const std::unique_ptr<OnlineRegimes> online = result.regimes.start();
  for (int row = 0; row < values.rows(); ++row) {
    const OnlineRegimes::Answer answer = online->push({values.row(row).data(), 2});
    EXPECT_EQ(answer.label, result.fit.labels[static_cast<std::size_t>(row)]);
    for (int k = 0; k < 3; ++k)
      EXPECT_EQ(answer.probabilities[static_cast<std::size_t>(k)], result.fit.probabilities(row, k));
  }
}

TEST(KMeans, MoreStartsAreNeverWorse) {
  CountedNumbers numbers(2);
  MatrixF values(400, 2);
  for (std::int64_t i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(numbers.uniform());
  double before = std::numeric_limits<double>::infinity();
  for (const int starts : {1, 2, 5, 20}) {
    const double objective = fit(values, {.regime_count = 12, .starts = starts}).fit.objective;
    EXPECT_LE(objective, before) << starts;
    before = objective;
  }
}

TEST(KMeans, HasTheSameBitsOnAnyNumberOfThreads) {
  const MatrixF values = overlapping_groups();
  const KMeansFit one = fit(values, {.regime_count = 5}, 1), four = fit(values, {.regime_count = 5}, 4);
  EXPECT_EQ(one.fit.labels, four.fit.labels);
  EXPECT_EQ(one.fit.objective, four.fit.objective);
  EXPECT_EQ(one.regimes.centers(), four.regimes.centers());
}

TEST(KMeans, TakesAsManyRegimesAsRowsAreDistinctButNotMore) {
  MatrixF values(6, 1);
  values << 0, 0, 5, 5, 9, 9;
  const KMeansFit exact = fit(values, {.regime_count = 3});
  EXPECT_EQ(exact.fit.objective, 0);
  EXPECT_EQ(exact.fit.probabilities.row(0).maxCoeff(), 1);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { fit(values, {.regime_count = 4}); }),
              HasSubstr("only 3 of the 6 rows are distinct"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { fit(MatrixF::Zero(4, 2), {.regime_count = 2}); }),
              HasSubstr("only 1 of the 4 rows is distinct"));
  EXPECT_EQ(fit(MatrixF::Zero(4, 2), {.regime_count = 1}).fit.labels, std::vector<std::int32_t>(4, 0));
}

TEST(KMeans, SaysWhenItStopsBeforeItsCentersRest) {
  CountedNumbers numbers(2);
  MatrixF values(400, 2);
  for (std::int64_t i = 0; i < values.size(); ++i) values.data()[i] = static_cast<float>(numbers.uniform());
  const KMeansFit result = fit(values, {.regime_count = 8, .starts = 1, .max_iterations = 1, .tolerance = 0});
  EXPECT_FALSE(result.fit.has_converged);
  ASSERT_EQ(result.fit.notes.size(), 1U);
  EXPECT_THAT(result.fit.notes[0], HasSubstr("stopped after 1 iterations"));
}

TEST(KMeans, RefusesWrongUse) {
  const MatrixF values = overlapping_groups();
  EXPECT_THAT(
      message_of(
          ErrorKind::kUsage,
          [&] { fit(values, {.regime_count = 0, .starts = 0, .max_iterations = 0, .tolerance = -1}); }),
      testing::AllOf(HasSubstr("n_clusters is 0"), HasSubstr("starts is 0"), HasSubstr("max_iterations is 0"),
                     HasSubstr("tolerance is -1")));
  MatrixF broken = values;
  broken(7, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { fit(broken, {}); }), HasSubstr("Row 7, column 1"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { fit(MatrixF(0, 2), {}); }), HasSubstr("0 x 2"));
}

}  // namespace
}  // namespace regimetry::regimes
