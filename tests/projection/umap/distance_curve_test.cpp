#include "projection/umap/distance_curve.hpp"

#include <gtest/gtest.h>

namespace regimetry::projection {
namespace {

// umap.umap_.find_ab_params(spread, min_dist), umap-learn 0.5.3.
TEST(DistanceCurve, IsThatOfUmapLearn) {
  const DistanceCurve usual = fit_distance_curve(0.1, 1.0);
  EXPECT_NEAR(usual.a, 1.576943, 2e-4);
  EXPECT_NEAR(usual.b, 0.895061, 2e-4);
  const DistanceCurve wide = fit_distance_curve(0.5, 2.0);
  EXPECT_NEAR(wide.a, 0.258879, 2e-4);
  EXPECT_NEAR(wide.b, 1.057500, 2e-4);
}

}  // namespace
}  // namespace regimetry::projection
