#include "features/operators/decayed_sum.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(DecayedSum, HalvesWhatCameBefore) {
  DecayedSum sum(0.5);
  EXPECT_EQ(sum.update(8), 8);
  EXPECT_EQ(sum.update(2), 6);
  EXPECT_TRUE(is_missing(sum.update(kMissing)));
  EXPECT_EQ(sum.update(-1), 2);
}

TEST(DecayedSum, OfEqualValuesTendsToTheirGeometricSeries) {
  DecayedSum sum(0.75);
  double value = 0;
  for (int i = 0; i < 1000; ++i) value = sum.update(3);
  EXPECT_DOUBLE_EQ(value, 12);
}

TEST(DecayedSum, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<DecayedSum>(
      DecayedSum(0.5), [](DecayedSum& op, int i) { return op.update(0.1 * (i * i % 17)); });
}

}  // namespace
}  // namespace regimetry::features
