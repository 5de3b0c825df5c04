#include "regimes/spectral/choose_regime_count.hpp"

#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "regimes/support/golden_rows.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

RegimeCountChoice choose(const MatrixF& values, const RegimeCountOptions& options = {}, int threads = 2) {
  ThreadPool pool(threads);
  const SpectralCoordinates coordinates = compute_spectral_coordinates({values, {}}, {}, Rng(1), pool);
  return choose_regime_count(coordinates, options, Rng(1), pool);
}

TEST(ChooseRegimeCount, FindsTheNumberOfClearGroups) {
  EXPECT_EQ(choose(apart()).regime_count, 4);
  EXPECT_EQ(choose(touching()).regime_count, 3);
  EXPECT_EQ(choose(rings()).regime_count, 2);
  EXPECT_EQ(choose(phases()).regime_count, 3);
}

TEST(ChooseRegimeCount, ShowsEvidenceForEachNumber) {
  const RegimeCountChoice choice = choose(touching(), {.fewest = 2, .most = 8});
  ASSERT_EQ(choice.evidence.size(), 7U);
  for (std::size_t i = 0; i < choice.evidence.size(); ++i) {
    const RegimeCountEvidence& evidence = choice.evidence[i];
    EXPECT_EQ(evidence.regime_count, static_cast<int>(i) + 2);
    EXPECT_NEAR(evidence.score, (evidence.eigengap + evidence.silhouette + evidence.stability) / 3, 1e-15);
    EXPECT_GE(evidence.eigengap, 0);
    EXPECT_LE(evidence.eigengap, 1);
    EXPECT_LE(evidence.stability, 1);
  }
  EXPECT_THAT(choice.reason, testing::StartsWith("3 regimes: eigengap 0."));
  EXPECT_THAT(choice.reason, HasSubstr("next best is"));
}

TEST(ChooseRegimeCount, HasTheSameEvidenceOnAnyNumberOfThreads) {
  const RegimeCountChoice one = choose(phases(), {.most = 5}, 1), four = choose(phases(), {.most = 5}, 4);
  ASSERT_EQ(one.evidence.size(), four.evidence.size());
  for (std::size_t i = 0; i < one.evidence.size(); ++i)
    EXPECT_EQ(one.evidence[i].score, four.evidence[i].score);
}

TEST(ChooseRegimeCount, TriesNoMoreThanThereAreCoordinatesFor) {
  EXPECT_EQ(choose(touching(), {.most = 40, .starts = 1}).evidence.size(), 11U);  // 13 coordinates: 2 to 12
  const RegimeCountChoice one = choose(touching(), {.fewest = 5, .most = 5});
  EXPECT_EQ(one.regime_count, 5);
  EXPECT_THAT(one.reason, HasSubstr("no other number was tried"));
}

TEST(ChooseRegimeCount, EndsWhereTooFewRowsAreDistinct) {
  SpectralCoordinates coordinates;
  coordinates.values.resize(30, 6);
  for (int row = 0; row < 30; ++row) coordinates.values.row(row).setConstant(static_cast<float>(row % 3));
  coordinates.eigenvalues = Eigen::VectorXd::LinSpaced(6, 0, 0.5);
  ThreadPool pool(1);
  EXPECT_EQ(choose_regime_count(coordinates, {}, Rng(1), pool).evidence.size(), 2U);
  EXPECT_THAT(message_of(ErrorKind::kData,
                         [&] { (void)choose_regime_count(coordinates, {.fewest = 4}, Rng(1), pool); }),
              HasSubstr("only 3 of the 30 rows are distinct"));
}

TEST(ChooseRegimeCount, RefusesWrongUse) {
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [] {
                           (void)choose(
                               few(),
                               {.fewest = 0, .most = -1, .parts = 0, .silhouette_rows = 1, .starts = 0});
                         }),
              testing::AllOf(HasSubstr("fewest is 0"), HasSubstr("most is -1"), HasSubstr("parts is 0"),
                             HasSubstr("silhouette_rows is 1"), HasSubstr("starts is 0")));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [] { (void)choose(few(), {.fewest = 13, .most = 13}); }),
              HasSubstr("13 spectral coordinates were computed; 13 regimes need one more"));
}

}  // namespace
}  // namespace regimetry::regimes
