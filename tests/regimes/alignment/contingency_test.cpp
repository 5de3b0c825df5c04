#include "regimes/alignment/contingency.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

TEST(CountLabelPairs, CountsThoseThatOccur) {
  const Contingency table = count_label_pairs(Labels{3, 3, 0, 9, -1, 0}, Labels{1, 1, 0, 1, 0, -5});
  EXPECT_EQ(table.first, (Labels{0, 3, 9}));
  EXPECT_EQ(table.second, (Labels{0, 1}));
  CountMatrix expected(3, 2);
  expected << 1, 0, 0, 2, 0, 1;
  EXPECT_EQ(table.counts, expected);
  EXPECT_EQ(table.row_count, 4);
}

TEST(CountLabelPairs, IsEmptyWhenNoRowHasBoth) {
  const Contingency table = count_label_pairs(Labels{-1, 2}, Labels{1, -1});
  EXPECT_EQ(table.counts.size(), 0);
  EXPECT_EQ(table.row_count, 0);
}

TEST(CountLabelPairs, RefusesLabellingsOfDifferentLengthWithBothLengths) {
  try {
    (void)count_label_pairs(Labels{0, 1}, Labels{0});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(std::string(error.what()).find("2 labels cannot be compared with 1"), std::string::npos);
  }
}

}  // namespace
}  // namespace regimetry::regimes
