#include "features/operators/directional_movement.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

using Movement = std::array<double, 3>;

TEST(DirectionalMovement, GoesOnlyTheWayThatReachesFurther) {
  DirectionalMovement movement(1);  // no smoothing
  EXPECT_TRUE(is_missing(movement.update(10, 8, kMissing)[0]));
  EXPECT_EQ(movement.update(13, 7, 6), (Movement{3, 0, 6}));    // 3 up, 1 down
  EXPECT_EQ(movement.update(14, 4, 10), (Movement{0, 3, 10}));  // 1 up, 3 down
  EXPECT_EQ(movement.update(16, 2, 14), (Movement{0, 0, 14}));  // as far both ways
  EXPECT_EQ(movement.update(12, 6, 6), (Movement{0, 0, 6}));    // inside
}

TEST(DirectionalMovement, SumsFirstAndThenLosesAShareOfTheSumPerBar) {
  DirectionalMovement movement(4);
  movement.update(10, 8, kMissing);
  EXPECT_TRUE(is_missing(movement.update(11, 9, 2)[0]));
  movement.update(12, 10, 2);
  movement.update(13, 11, 4);  // sums of 3 bars: 3, 0, 8
  EXPECT_EQ(movement.update(12, 9, 4), (Movement{2.25, 2, 10}));
  EXPECT_EQ(movement.warmup(), 3);
}

TEST(DirectionalMovement, PassesOverAMissingBarAndMeasuresFromTheLastKnownOne) {
  DirectionalMovement movement(1);
  movement.update(10, 8, kMissing);
  EXPECT_TRUE(is_missing(movement.update(kMissing, 8, 2)[0]));
  EXPECT_TRUE(is_missing(movement.update(10, 8, kMissing)[0]));
  EXPECT_EQ(movement.update(12, 9, 3), (Movement{2, 0, 3}));
}

}  // namespace
}  // namespace regimetry::features
