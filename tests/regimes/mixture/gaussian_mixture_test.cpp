#include "regimes/mixture/gaussian_mixture.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/expect_error.hpp"
#include "regimes/alignment/balanced_accuracy.hpp"
#include "regimes/support/overlapping_groups.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

GaussianMixtureFit fit(const MatrixF& values, const GaussianMixtureOptions& options, int threads = 1) {
  const std::vector<IndexRange> sequences = {{0, values.rows()}};
  ThreadPool pool(threads);
  return fit_gaussian_mixture({values, sequences}, options, Rng(3), pool);
}

TEST(GaussianMixture, FindsTheGroups) {
  std::vector<std::int32_t> truth(300);
  for (std::size_t row = 0; row < 300; ++row) truth[row] = static_cast<std::int32_t>(row % 3);
  const GaussianMixtureFit result = fit(overlapping_groups(), {.regime_count = 3});
  EXPECT_TRUE(result.fit.has_converged);
  EXPECT_GT(matched_balanced_accuracy(result.fit.labels, truth), 0.9);
  EXPECT_EQ(result.fit.labels[0], 0);
  EXPECT_EQ(result.parameter_count, 2 + 3 * 5);
  EXPECT_NEAR(result.bic(), 17 * std::log(300.0) - 2 * result.log_likelihood, 1e-9);
  for (Eigen::Index row = 0; row < 300; ++row) {
    Eigen::Index best = 0;
    (void)result.fit.probabilities.row(row).maxCoeff(&best);
    EXPECT_EQ(best, result.fit.labels[static_cast<std::size_t>(row)]);
  }
}

TEST(GaussianMixture, SameBitsForAnyNumberOfThreads) {
  const GaussianMixtureFit one = fit(overlapping_groups(), {.regime_count = 4}, 1);
  const GaussianMixtureFit three = fit(overlapping_groups(), {.regime_count = 4}, 3);
  EXPECT_EQ(one.fit.labels, three.fit.labels);
  EXPECT_EQ(one.fit.objective, three.fit.objective);
  EXPECT_EQ(one.fit.probabilities, three.fit.probabilities);
}

TEST(GaussianMixture, OneRegimeIsTheMeanOfAllRows) {
  MatrixF values(3, 1);
  values << 1, 2, 6;
  const GaussianMixtureFit result = fit(values, {.regime_count = 1});
  EXPECT_DOUBLE_EQ(result.model.law().components.means(0, 0), 3);
  EXPECT_EQ(result.fit.labels, (std::vector<std::int32_t>{0, 0, 0}));
}

TEST(GaussianMixture, RefusesWhatItCannotFit) {
  EXPECT_THAT(
      message_of(ErrorKind::kUsage,
                 [] { (void)fit(overlapping_groups(), {.regime_count = 0, .prior_spread_rows = 0}); }),
      testing::AllOf(HasSubstr("n_clusters is 0"), HasSubstr("prior_spread_rows is 0")));
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)fit(MatrixF::Zero(5, 2), {.regime_count = 2}); }),
              HasSubstr("only 1 of the 5 rows is distinct"));
}

}  // namespace
}  // namespace regimetry::regimes
