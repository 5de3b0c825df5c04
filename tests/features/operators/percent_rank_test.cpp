#include "features/operators/percent_rank.hpp"

#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

TEST(PercentRank, IsTheShareOfTheValuesBeforeThatAreBelow) {
  PercentRank rank(4);
  for (const double x : {1.0, 3.0, 3.0, 5.0}) EXPECT_TRUE(is_missing(rank.update(x)));
  EXPECT_EQ(rank.update(4), 75);   // 1 3 3 below 4, 5 not
  EXPECT_EQ(rank.update(3), 0);    // 3 3 5 4: equal ones are not below
  EXPECT_EQ(rank.update(9), 100);  // 3 5 4 3
  EXPECT_EQ(rank.update(1), 0);
}

TEST(PercentRank, IsMissingWhileAMissingValueIsAmongThoseBefore) {
  PercentRank rank(2);
  rank.update(1);
  rank.update(2);
  EXPECT_TRUE(is_missing(rank.update(kMissing)));
  EXPECT_TRUE(is_missing(rank.update(3)));
  EXPECT_TRUE(is_missing(rank.update(4)));
  EXPECT_EQ(rank.update(5), 100);
}

TEST(PercentRank, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<PercentRank>(
      PercentRank(10), [](PercentRank& op, int i) { return op.update(i * i % 17); });
}

}  // namespace
}  // namespace regimetry::features
