#include "regimes/jump/jump_start.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "regimes/jump/jump_cases.hpp"

namespace regimetry::regimes {
namespace {

TEST(JumpStart, PlacesSquaredRegimesOnRowsFarApart) {
  const MatrixF values = steps(3, 6, 20, 1000, 1, 1);
  RngStream stream(1);
  const JumpEmission start =
      draw_jump_starts(values, JumpSamples(values), 3, JumpLoss::kSquared, stream).at(0);
  Eigen::VectorXd centers = start.centers.col(0);
  std::sort(centers.begin(), centers.end());
  EXPECT_NEAR(centers[0], 0, 10);
  EXPECT_NEAR(centers[1], 1000, 10);
  EXPECT_NEAR(centers[2], 2000, 10);
}

TEST(JumpStart, TellsStretchesOfDifferentSpreadApart) {
  const MatrixF values = storms(10, 100, 20, 2);
  double widest = 0;
  for (std::uint64_t key = 0; key < 10; ++key) {
    RngStream stream(key);
    const JumpEmission start =
        draw_jump_starts(values, JumpSamples(values), 2, JumpLoss::kGaussian, stream).at(0);
    const double first = start.precisions(0, 0), second = start.precisions(1, 0);
    widest = std::max(widest, std::max(first, second) / std::min(first, second));
  }
  EXPECT_GT(widest, 200);  // the variances are 1 and 400
}

TEST(JumpStart, FindsLevelsThatStretchesCutThrough) {
  // Stays of 7 rows: nearly every stretch of 20 holds several levels.
  const MatrixF values = steps(3, 60, 7, 100, 1, 5);
  RngStream stream(2);
  const std::vector<JumpEmission> starts =
      draw_jump_starts(values, JumpSamples(values), 3, JumpLoss::kGaussian, stream);
  ASSERT_EQ(starts.size(), 2U);
  Eigen::VectorXd centers = starts[1].centers.col(0);
  std::sort(centers.begin(), centers.end());
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(centers[k], 100 * k, 2);
}

TEST(JumpStart, ReturnsFewerRegimesThanAskedForOnEqualRows) {
  const MatrixF values = MatrixF::Ones(100, 2);
  for (const JumpLoss loss : {JumpLoss::kSquared, JumpLoss::kGaussian}) {
    RngStream stream(3);
    for (const JumpEmission& start : draw_jump_starts(values, JumpSamples(values), 4, loss, stream))
      EXPECT_EQ(start.regime_count(), 1);
  }
}

}  // namespace
}  // namespace regimetry::regimes
