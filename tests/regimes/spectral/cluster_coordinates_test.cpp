#include "regimes/spectral/cluster_coordinates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/expect_error.hpp"
#include "regimes/alignment/adjusted_rand_index.hpp"
#include "regimes/support/golden_rows.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

// Coordinates as one computation gives them, for all numbers of regimes.
class ClusterCoordinates : public testing::Test {
 protected:
  CoordinateClusters cluster(int regime_count,
                             CoordinateAssignment assignment = CoordinateAssignment::kKMeans) {
    return cluster_coordinates(coordinates_, {.regime_count = regime_count, .assignment = assignment}, Rng(1),
                               pool_);
  }
  ThreadPool pool_{2};
  SpectralCoordinates coordinates_ =
      compute_spectral_coordinates({touching(), {}}, {.component_count = 6}, Rng(1), pool_);
};

TEST_F(ClusterCoordinates, ServesEveryNumberOfRegimes) {
  for (int regime_count = 1; regime_count <= 6; ++regime_count) {
    const CoordinateClusters clusters = cluster(regime_count);
    EXPECT_EQ(clusters.centers.regime_count(), regime_count);
    EXPECT_EQ(clusters.centers.width(), regime_count);
    EXPECT_EQ(*std::max_element(clusters.fit.labels.begin(), clusters.fit.labels.end()), regime_count - 1);
    EXPECT_EQ(clusters.fit.probabilities.cols(), regime_count);
  }
}

TEST_F(ClusterCoordinates, PivotedQrAgreesOnClearGroups) {
  const CoordinateClusters qr = cluster(3, CoordinateAssignment::kPivotedQr);
  EXPECT_GT(adjusted_rand_index(qr.fit.labels, cluster(3).fit.labels), 0.95);
  EXPECT_GT(qr.fit.objective, 0);
  EXPECT_TRUE(qr.fit.notes.empty());
  for (Eigen::Index row = 0; row < 900; ++row) EXPECT_NEAR(qr.fit.probabilities.row(row).sum(), 1, 1e-12);
}

TEST_F(ClusterCoordinates, PivotedQrSaysWhenGroupsAreMissing) {
  // Two columns that are the same hold one direction only.
  coordinates_.values.col(1) = coordinates_.values.col(0);
  const CoordinateClusters qr = cluster(2, CoordinateAssignment::kPivotedQr);
  EXPECT_EQ(qr.centers.regime_count(), 1);
  ASSERT_EQ(qr.fit.notes.size(), 1U);
  EXPECT_THAT(qr.fit.notes[0], HasSubstr("found 1 groups, not 2"));
  EXPECT_EQ(qr.fit.labels, std::vector<std::int32_t>(900, 0));
}

TEST_F(ClusterCoordinates, RefusesMoreRegimesThanCoordinates) {
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)cluster(7); }), HasSubstr("must be 1 to 6"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { (void)cluster(0); }), HasSubstr("n_clusters is 0"));
}

}  // namespace
}  // namespace regimetry::regimes
