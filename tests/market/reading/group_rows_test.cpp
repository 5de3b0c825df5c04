#include "market/reading/group_rows.hpp"

#include <gtest/gtest.h>

namespace regimetry::market {
namespace {

TEST(GroupRows, GivesRangesWhenEveryGroupStandsTogether) {
  const RowGroups groups = group_rows({2, 2, 0, 1, 1}, 3);
  ASSERT_TRUE(groups.are_ranges);
  ASSERT_EQ(groups.count(), 3);
  EXPECT_EQ(groups.first_row_of(0), 0);
  EXPECT_EQ(groups.size_of(0), 2);
  EXPECT_EQ(groups.first_row_of(2), 3);
  EXPECT_EQ(take_group(std::vector<int>{1, 2, 3, 4, 5}, groups, 2), (std::vector<int>{4, 5}));
}

TEST(GroupRows, ListsRowsWhenGroupsAreInterleaved) {
  const RowGroups groups = group_rows({5, 1, 5, 5, 1}, 6);
  ASSERT_FALSE(groups.are_ranges);
  ASSERT_EQ(groups.count(), 2);
  EXPECT_EQ(groups.lists[0], (std::vector<std::int64_t>{0, 2, 3}));
  EXPECT_EQ(groups.lists[1], (std::vector<std::int64_t>{1, 4}));
  EXPECT_EQ(take_group(std::vector<int>{1, 2, 3, 4, 5}, groups, 0), (std::vector<int>{1, 3, 4}));
}

TEST(GroupRows, HasNoGroupsWithoutRows) {
  EXPECT_EQ(group_rows({}, 4).count(), 0);
}

}  // namespace
}  // namespace regimetry::market
