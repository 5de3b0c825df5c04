#include "features/operators/streak.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(Streak, CountsStepsInARowWithTheirSign) {
  Streak streak;
  EXPECT_TRUE(is_missing(streak.update(5)));
  EXPECT_EQ(streak.update(6), 1);
  EXPECT_EQ(streak.update(8), 2);
  EXPECT_EQ(streak.update(7), -1);
  EXPECT_EQ(streak.update(6), -2);
  EXPECT_EQ(streak.update(6), 0);
  EXPECT_EQ(streak.update(5), -1);
  EXPECT_EQ(streak.update(9), 1);
}

TEST(Streak, GoesOnBehindAMissingBar) {
  Streak streak;
  streak.update(5);
  streak.update(6);
  EXPECT_TRUE(is_missing(streak.update(kMissing)));
  EXPECT_EQ(streak.update(7), 2);
}

TEST(Streak, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<Streak>(
      Streak(), [](Streak& op, int i) { return op.update(i % 7 == 3 ? kMissing : i * i % 11); });
}

}  // namespace
}  // namespace regimetry::features
