#include "features/operators/true_range.hpp"

#include <gtest/gtest.h>

namespace regimetry::features {
namespace {

TEST(TrueRange, HasNoValueBeforeThereIsACloseToMeasureFrom) {
  TrueRange range;
  EXPECT_TRUE(is_missing(range.update(10, 8, 9)));
  EXPECT_EQ(range.warmup(), 1);
}

TEST(TrueRange, ReachesFromTheBarToTheCloseBefore) {
  TrueRange range;
  range.update(10, 8, 9);
  EXPECT_EQ(range.update(11, 9, 10), 2.0);   // the close before lies within
  EXPECT_EQ(range.update(15, 14, 14), 5.0);  // a gap up from 10
  EXPECT_EQ(range.update(12, 11, 11), 3.0);  // a gap down from 14
  EXPECT_EQ(range.update(11, 11, 11), 0.0);
}

TEST(TrueRange, PassesOverAMissingBarAndMeasuresFromTheLastKnownClose) {
  TrueRange range;
  range.update(10, 8, 9);
  EXPECT_TRUE(is_missing(range.update(kMissing, 8, 9)));
  EXPECT_TRUE(is_missing(range.update(10, kMissing, 20)));
  EXPECT_TRUE(is_missing(range.update(10, 8, kMissing)));
  EXPECT_EQ(range.update(13, 12, 12), 4.0);
}

}  // namespace
}  // namespace regimetry::features
