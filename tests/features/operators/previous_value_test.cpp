#include "features/operators/previous_value.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(PreviousValue, IsMissingOnTheFirstBarAndThenTheValueBefore) {
  PreviousValue previous;
  EXPECT_TRUE(is_missing(previous.update(5)));
  EXPECT_EQ(previous.update(7), 5);
  EXPECT_EQ(previous.update(8), 7);
}

TEST(PreviousValue, PassesOverMissingBars) {
  PreviousValue previous;
  EXPECT_TRUE(is_missing(previous.update(kMissing)));
  EXPECT_TRUE(is_missing(previous.update(5)));
  EXPECT_TRUE(is_missing(previous.update(kMissing)));
  EXPECT_TRUE(is_missing(previous.update(kMissing)));
  EXPECT_EQ(previous.update(6), 5);
}

TEST(PreviousValue, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<PreviousValue>(
      PreviousValue(), [](PreviousValue& op, int i) { return op.update(i % 7 == 3 ? kMissing : i); });
}

}  // namespace
}  // namespace regimetry::features
