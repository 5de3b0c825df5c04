#include "features/operators/adaptive_average.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

TEST(AdaptiveAverage, StartsFromTheValueBeforeTheFirstKnownEfficiency) {
  AdaptiveAverage average(1, 3);  // weights 1 and 1/2
  EXPECT_TRUE(is_missing(average.update(10, kMissing, kMissing)));
  EXPECT_TRUE(is_missing(average.update(20, 10, kMissing)));
  EXPECT_DOUBLE_EQ(average.update(28, 20, 0), 22);    // noise: the slow weight, squared, of 8
  EXPECT_DOUBLE_EQ(average.update(26, 28, 1), 26);    // a straight move: all the way
  EXPECT_DOUBLE_EQ(average.update(42, 26, 0.5), 35);  // halfway: (3/4)^2 of 16
}

TEST(AdaptiveAverage, PassesOverAMissingBar) {
  AdaptiveAverage average(1, 3);
  average.update(24, 20, 1);
  EXPECT_TRUE(is_missing(average.update(kMissing, 24, kMissing)));
  EXPECT_TRUE(is_missing(average.update(50, kMissing, kMissing)));
  EXPECT_DOUBLE_EQ(average.update(32, 50, 0), 26);
}

}  // namespace
}  // namespace regimetry::features
