#include "features/operators/parabolic_stop.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

TEST(ParabolicStop, FollowsARiseAndReversesWhenItIsTouched) {
  ParabolicStop stop(0.02, 0.2);
  EXPECT_TRUE(is_missing(stop.update(10, 9)));
  EXPECT_DOUBLE_EQ(stop.update(11, 10), 9);       // the first low; the extreme is 11
  EXPECT_DOUBLE_EQ(stop.update(12, 11), 9.04);    // 9 + 0.02 * (11 - 9)
  EXPECT_DOUBLE_EQ(stop.update(13, 12), 9.1584);  // 9.04 + 0.04 * (12 - 9.04)
  EXPECT_DOUBLE_EQ(stop.update(12.5, 8), 13);     // 9.388896 is touched: to the extreme of the rise
  EXPECT_DOUBLE_EQ(stop.update(9, 7), 13);        // 12.9 would lie within the bar before
  EXPECT_DOUBLE_EQ(stop.update(8, 7.5), 12.76);   // 13 + 0.04 * (7 - 13)
}

TEST(ParabolicStop, OfPricesUpsideDownIsItselfUpsideDown) {
  ParabolicStop upright(0.02, 0.2), turned(0.02, 0.2);
  double high = 100, low = 99;
  for (int i = 0; i < 500; ++i) {
    const double move =
        ((i * 7919) % 101 - 50) * 0.02;  // never 0 at the second bar, where the start is decided
    high += move;
    low += move;
    const double stop = upright.update(high, low), opposite = turned.update(-low, -high);
    ASSERT_EQ(is_missing(stop), is_missing(opposite));
    if (i > 0) {
      ASSERT_EQ(stop, -opposite) << i;
    }
  }
}

TEST(ParabolicStop, StaysOutsideTheBarWhileTheTrendLasts) {
  ParabolicStop stop(0.02, 0.2);
  double price = 100;
  int reversals = 0;
  bool was_below = true;
  for (int i = 0; i < 2'000; ++i) {
    price += ((i * 7919) % 101 - 50) * 0.02;
    const double value = stop.update(price + 0.3, price - 0.3);
    if (is_missing(value)) continue;
    ASSERT_TRUE(value <= price - 0.3 || value >= price + 0.3) << i;
    reversals += (value < price) != was_below ? 1 : 0;
    was_below = value < price;
  }
  EXPECT_GT(reversals, 50);
}

TEST(ParabolicStop, PassesOverAMissingBar) {
  ParabolicStop with_gap(0.02, 0.2), without(0.02, 0.2);
  for (int i = 0; i < 100; ++i) {
    const double price = 100 + (i * 37) % 11;
    EXPECT_TRUE(is_missing(with_gap.update(kMissing, price)));
    const double value = with_gap.update(price + 1, price - 1),
                 expected = without.update(price + 1, price - 1);
    if (i > 0) {
      ASSERT_EQ(value, expected) << i;
    }
  }
}

}  // namespace
}  // namespace regimetry::features
