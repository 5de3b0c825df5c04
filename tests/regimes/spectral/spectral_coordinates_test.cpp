#include "regimes/spectral/spectral_coordinates.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/expect_error.hpp"
#include "regimes/support/golden_rows.hpp"
#include "regimes/support/random_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

SpectralCoordinates compute(const MatrixF& values, const SpectralCoordinateOptions& options = {},
                            int threads = 2) {
  ThreadPool pool(threads);
  return compute_spectral_coordinates({values, {}}, options, Rng(1), pool);
}

TEST(SpectralCoordinates, BeginWithAConstant) {
  const SpectralCoordinates coordinates = compute(touching(), {.component_count = 5});
  EXPECT_EQ(coordinates.values.rows(), 900);
  EXPECT_EQ(coordinates.values.cols(), 5);
  EXPECT_EQ(coordinates.eigenvalues[0], 0);
  for (Eigen::Index row = 0; row < 900; ++row) EXPECT_NEAR(coordinates.values(row, 0), 1, 1e-6);
  for (Eigen::Index i = 1; i < 5; ++i) EXPECT_GE(coordinates.eigenvalues[i], coordinates.eigenvalues[i - 1]);
  EXPECT_LT(coordinates.largest_residual, 1e-6);
  EXPECT_TRUE(coordinates.has_converged);
  EXPECT_EQ(coordinates.part_count, 1);
  EXPECT_TRUE(coordinates.notes.empty());
}

TEST(SpectralCoordinates, AreNearlyTheSameWithinAPart) {
  const MatrixF values = apart();
  const SpectralCoordinates coordinates = compute(values, {.component_count = 4});
  EXPECT_EQ(coordinates.part_count, 4);
  ASSERT_EQ(coordinates.notes.size(), 1U);
  EXPECT_THAT(coordinates.notes[0], HasSubstr("4 parts, the smallest of 60 rows"));
  const auto group = [](int row) { return row % 10 < 4 ? 0 : row % 10 < 7 ? 1 : row % 10 < 9 ? 2 : 3; };
  const int of_group[] = {0, 4, 7, 9};
  // All but the few at the ends of links.
  int far = 0;
  for (int row = 0; row < 600; ++row)
    far += (coordinates.values.row(row) - coordinates.values.row(of_group[group(row)])).norm() > 0.3F ? 1 : 0;
  EXPECT_LE(far, 12);
}

TEST(SpectralCoordinates, DoNotDependOnHowManyAreAskedFor) {
  const MatrixF values = phases(2000);
  const SpectralCoordinates few = compute(values, {.component_count = 4}),
                            many = compute(values, {.component_count = 10});
  EXPECT_NEAR((few.values - many.values.leftCols(4)).cwiseAbs().maxCoeff(), 0, 1e-2);
  EXPECT_NEAR((few.eigenvalues - many.eigenvalues.head(4)).cwiseAbs().maxCoeff(), 0, 1e-9);
}

TEST(SpectralCoordinates, TakeNoNoticeOfConstantColumns) {
  const MatrixF values = touching();
  MatrixF wider(900, 3);
  wider << values, MatrixF::Constant(900, 1, 1e4F);
  EXPECT_EQ(compute(values).values, compute(wider).values);
}

TEST(SpectralCoordinates, HaveTheSameBitsOnAnyNumberOfThreads) {
  const MatrixF values = phases(2500);
  EXPECT_EQ(compute(values, {}, 1).values, compute(values, {}, 4).values);
}

TEST(SpectralCoordinates, RefuseWrongUse) {
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [] { (void)compute(few(), {.neighbor_count = 1, .component_count = 0}); }),
              testing::AllOf(HasSubstr("neighbors is 1"), HasSubstr("component_count is 0")));
  EXPECT_THAT(
      message_of(ErrorKind::kData, [] { (void)compute(random_rows(12, 2), {.component_count = 13}); }),
      HasSubstr("12 rows"));
  EXPECT_THAT(message_of(ErrorKind::kData, [] { (void)compute(random_rows(9, 2), {.component_count = 3}); }),
              HasSubstr("9 rows"));
  MatrixF broken = few();
  broken(5, 1) = std::numeric_limits<float>::infinity();
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)compute(broken); }), HasSubstr("Row 5, column 1"));
}

}  // namespace
}  // namespace regimetry::regimes
