#include "regimes/spectral/spectral.hpp"

#include <gtest/gtest.h>

#include "core/expect_error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/golden/spectral_labels.hpp"
#include "regimes/support/golden_rows.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

SpectralFit fit(const MatrixF& values, const SpectralOptions& options, int threads = 2) {
  ThreadPool pool(threads);
  return fit_spectral({values, {}}, options, Rng(1), pool);
}

std::vector<std::int32_t> labels_of(std::string_view digits) {
  std::vector<std::int32_t> labels;
  for (const char digit : digits) labels.push_back(digit - '0');
  return labels;
}

// Share of the rows that the fitted model, seeing them one by one, labels as the fit did.
double share_that_agrees(const SpectralFit& fitted, const MatrixF& values) {
  const std::unique_ptr<OnlineRegimes> online = fitted.regimes.start();
  double agreeing = 0;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    const std::int32_t label =
        online->push({values.row(row).data(), static_cast<std::size_t>(values.cols())}).label;
    agreeing += label == fitted.fit.labels[static_cast<std::size_t>(row)] ? 1 : 0;
  }
  return agreeing / static_cast<double>(values.rows());
}

TEST(Spectral, AgreesWithScikitLearn) {
  struct Case {
    const char* name;
    MatrixF values;
    int regime_count;
    std::string_view golden;
  };
  const Case cases[] = {{"apart", apart(), 4, kSpectralLabelsOfApart},
                        {"touching", touching(), 3, kSpectralLabelsOfTouching},
                        {"rings", rings(), 2, kSpectralLabelsOfRings},
                        {"phases", phases(), 3, kSpectralLabelsOfPhases},
                        {"few", few(), 2, kSpectralLabelsOfFew}};
  for (const Case& one : cases) {
    ASSERT_EQ(static_cast<std::size_t>(one.values.rows()), one.golden.size()) << one.name;
    const SpectralFit result = fit(one.values, {.regime_count = one.regime_count});
    EXPECT_GE(adjusted_rand_index(result.fit.labels, labels_of(one.golden)), 0.99) << one.name;
    EXPECT_TRUE(result.fit.has_converged) << one.name;
  }
}

TEST(Spectral, ModelLabelsTrainingRowsAsTheFitDid) {
  for (const auto& [values, regime_count] :
       {std::pair(apart(), 4), std::pair(touching(), 3), std::pair(rings(), 2), std::pair(phases(), 3)})
    EXPECT_EQ(share_that_agrees(fit(values, {.regime_count = regime_count}), values), 1);
}

TEST(Spectral, ModelWithFewLandmarksStillDoes) {
  for (const auto& [values, regime_count] :
       {std::pair(apart(), 4), std::pair(touching(), 3), std::pair(rings(), 2), std::pair(phases(), 3)}) {
    const SpectralFit result = fit(values, {.regime_count = regime_count, .most_landmarks = 200});
    EXPECT_LE(result.regimes.map().landmarks().rows(), 230);
    EXPECT_GE(share_that_agrees(result, values), 0.99);
  }
}

TEST(Spectral, PivotedQrNeedsNoChance) {
  const SpectralOptions options{.regime_count = 4, .assignment = CoordinateAssignment::kPivotedQr};
  EXPECT_GE(adjusted_rand_index(fit(apart(), options).fit.labels, labels_of(kSpectralLabelsOfApart)), 0.99);
}

TEST(Spectral, HasTheSameBitsOnAnyNumberOfThreads) {
  const MatrixF values = phases(2200);
  const SpectralFit one = fit(values, {.regime_count = 5}, 1), four = fit(values, {.regime_count = 5}, 4);
  EXPECT_EQ(one.fit.labels, four.fit.labels);
  EXPECT_EQ(one.fit.probabilities, four.fit.probabilities);
  EXPECT_EQ(one.regimes.to_tensors().tensors.at("centers").data,
            four.regimes.to_tensors().tensors.at("centers").data);
}

TEST(Spectral, ReadsCoordinatesThatWereComputedBefore) {
  const MatrixF values = touching();
  ThreadPool pool(2);
  const SpectralCoordinates coordinates =
      compute_spectral_coordinates({values, {}}, {.component_count = 8}, Rng(1), pool);
  const SpectralFit again = fit_spectral({values, {}}, coordinates, {.regime_count = 3}, Rng(1), pool);
  EXPECT_GE(adjusted_rand_index(again.fit.labels, fit(values, {.regime_count = 3}).fit.labels), 0.99);
  EXPECT_EQ(again.regimes.component_count(), 3);
}

TEST(Spectral, TellsThatPartsWereJoined) {
  const SpectralFit result = fit(apart(), {.regime_count = 2});
  ASSERT_FALSE(result.fit.notes.empty());
  EXPECT_THAT(result.fit.notes[0], HasSubstr("fell into 4 parts"));
}

TEST(Spectral, StandsAsFewRowsAsNeighborsAndRegimes) {
  EXPECT_EQ(fit(random_rows(10, 3), {.regime_count = 2}).fit.labels.size(), 10U);
  EXPECT_EQ(fit(random_rows(4, 3), {.regime_count = 4, .neighbor_count = 3}).fit.objective, 0);
  EXPECT_EQ(fit(random_rows(20, 1), {.regime_count = 1}).fit.labels, std::vector<std::int32_t>(20, 0));
}

TEST(Spectral, StandsDuplicates) {
  MatrixF values = touching();
  for (int row = 0; row < 300; ++row) values.row(row) = values.row(row % 3);
  const SpectralFit result = fit(values, {.regime_count = 3});
  EXPECT_TRUE(result.fit.has_converged);
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)fit(MatrixF::Ones(50, 3), {.regime_count = 2}); }),
              HasSubstr("only 1 of the 50 rows is distinct"));
}

TEST(Spectral, RefusesWrongUse) {
  EXPECT_THAT(
      message_of(ErrorKind::kUsage,
                 [] {
                   (void)fit(few(),
                             {.regime_count = 0, .neighbor_count = 1, .starts = 0, .most_landmarks = 0});
                 }),
      testing::AllOf(HasSubstr("neighbors is 1"), HasSubstr("n_clusters is 0"), HasSubstr("starts is 0"),
                     HasSubstr("most_landmarks is 0")));
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)fit(random_rows(9, 2), {.regime_count = 2}); }),
              HasSubstr("There are 9 rows"));
}

}  // namespace
}  // namespace regimetry::regimes
