#include "features/operators/fisher_position.hpp"

#include <cmath>

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(FisherPosition, FirstValuesByHand) {
  FisherPosition position;
  EXPECT_DOUBLE_EQ(position.update(1), 0.33);  // 0.33 * 2 * (1 - 0.5)
  EXPECT_DOUBLE_EQ(position.update(1), 0.33 + 0.67 * 0.33);
  EXPECT_DOUBLE_EQ(position.update(0.5), 0.67 * (0.33 + 0.67 * 0.33));
}

TEST(FisherPosition, IsZeroInTheMiddleAndOdd) {
  FisherPosition up, down, still;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(still.update(0.5), 0.0);
    const double place = 0.5 + 0.5 * std::sin(i);
    EXPECT_NEAR(up.update(place), -down.update(1 - place), 1e-15);
  }
}

TEST(FisherPosition, IsLimitedAtTheEdges) {
  FisherPosition top, bottom;
  for (int i = 0; i < 1000; ++i) {
    top.update(1);
    bottom.update(0);
  }
  EXPECT_EQ(top.update(1), 0.999);
  EXPECT_EQ(bottom.update(0), -0.999);
}

TEST(FisherPosition, PassesOverMissingValues) {
  FisherPosition with_gap, without;
  with_gap.update(0.9);
  without.update(0.9);
  EXPECT_TRUE(is_missing(with_gap.update(kMissing)));
  EXPECT_EQ(with_gap.update(0.2), without.update(0.2));
}

TEST(FisherPosition, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<FisherPosition>(
      FisherPosition(), [](FisherPosition& op, int i) { return op.update((i * i % 17) / 16.0); });
}

}  // namespace
}  // namespace regimetry::features
