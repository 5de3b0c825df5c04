#include "windows/row_range.hpp"

#include <gtest/gtest.h>

namespace regimetry::windows {
namespace {

TEST(RowRange, EndsBeforeItsEnd) {
  const RowRange range{2, 5};
  EXPECT_EQ(range.size(), 3);
  EXPECT_TRUE(range.contains(2));
  EXPECT_TRUE(range.contains(4));
  EXPECT_FALSE(range.contains(5));
}

TEST(RowRange, OverlapsOnlyWhereARowIsShared) {
  EXPECT_TRUE(overlaps({0, 3}, {2, 5}));
  EXPECT_FALSE(overlaps({0, 3}, {3, 5}));
  EXPECT_FALSE(overlaps({0, 5}, {2, 2}));
}

}  // namespace
}  // namespace regimetry::windows
