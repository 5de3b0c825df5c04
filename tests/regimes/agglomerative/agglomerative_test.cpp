#include "regimes/agglomerative/agglomerative.hpp"

#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

AgglomerativeFit fit(const MatrixF& values, const AgglomerativeOptions& options) {
  const std::vector<IndexRange> sequences = {{0, values.rows()}};
  return fit_agglomerative({values, sequences}, options);
}

MatrixF two_pairs() {
  MatrixF values(4, 1);
  values << 0, 10, 2, 12;
  return values;
}

TEST(Agglomerative, CutsTheHierarchyAndKnowsItsMeans) {
  const AgglomerativeFit result = fit(two_pairs(), {.regime_count = 2});
  EXPECT_EQ(result.fit.labels, (std::vector<std::int32_t>{0, 1, 0, 1}));
  EXPECT_EQ(result.model.nearest().centers()(0, 0), 1);
  EXPECT_EQ(result.model.nearest().centers()(1, 0), 11);
  EXPECT_DOUBLE_EQ(result.fit.objective, 4);
  EXPECT_DOUBLE_EQ(result.model.nearest().variance(), 1);
  EXPECT_TRUE(result.fit.has_converged);
  for (Eigen::Index row = 0; row < 4; ++row) EXPECT_NEAR(result.fit.probabilities.row(row).sum(), 1, 1e-14);
  EXPECT_EQ(fit(two_pairs(), {.regime_count = 1}).fit.labels, (std::vector<std::int32_t>{0, 0, 0, 0}));
}

TEST(Agglomerative, RefusesWhatItCannotFit) {
  EXPECT_THAT(message_of(ErrorKind::kUsage, [] { (void)fit(two_pairs(), {.regime_count = 0}); }),
              HasSubstr("n_clusters is 0"));
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)fit(two_pairs(), {.regime_count = 5}); }),
              HasSubstr("only 4 of the 4 rows are distinct"));
  EXPECT_THAT(
      message_of(ErrorKind::kData, [] { (void)fit(two_pairs(), {.regime_count = 2, .most_rows = 3}); }),
      testing::AllOf(HasSubstr("4 rows are more than the 3"), HasSubstr("one row in 2")));
}

}  // namespace
}  // namespace regimetry::regimes
