#include "features/operators/rolling_rank.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

TEST(RollingRank, CountsWhatLiesBelow) {
  RollingRank rank(3);
  EXPECT_TRUE(std::isnan(rank.update(5)));
  EXPECT_TRUE(std::isnan(rank.update(1)));
  EXPECT_EQ(rank.update(3), 0.5);   // of 5 and 1
  EXPECT_EQ(rank.update(9), 1.0);   // of 1 and 3
  EXPECT_EQ(rank.update(2), 0.0);   // of 3 and 9
  EXPECT_EQ(rank.update(9), 0.75);  // above 2, beside 9
  EXPECT_EQ(rank.update(9), 0.75);  // above 2, beside 9
  EXPECT_EQ(rank.update(9), 0.5);   // all equal
}

TEST(RollingRank, IsExactlyInTheMiddleOrAtTheEnds) {
  for (const int n : {2, 20, 50, 252}) {
    RollingRank rank(n);
    for (int i = 0; i < n; ++i) static_cast<void>(rank.update(1));
    EXPECT_EQ(rank.update(1), 0.5) << n;
    EXPECT_EQ(rank.update(2), 1.0) << n;
    EXPECT_EQ(rank.update(0), 0.0) << n;
  }
}

TEST(RollingRank, IsExactOverMillionsOfBars) {
  for (const std::size_t n : {20, 252}) {
    std::int64_t wrong = 0;
    testing::CentWalk walk;
    testing::LastValues last(n);
    RollingRank op(static_cast<int>(n));
    for (std::size_t i = 0; i < 2'000'000; ++i) {
      const double x = walk.next();
      last.add(x);
      const double rank = op.update(x);
      if (i < n || !walk.is_checkpoint()) continue;
      double below = -0.5;  // x itself is among the equal ones
      for (const double other : last.values()) below += other < x ? 1 : other == x ? 0.5 : 0;
      wrong += rank != below / static_cast<double>(n - 1);
    }
    EXPECT_EQ(wrong, 0) << n;
  }
}

TEST(RollingRank, IsMissingWhileAMissingValueIsInside) {
  for (const int n : {2, 5, 8})
    testing::expect_missing_while_in_window(RollingRank(n), static_cast<std::size_t>(n));
}

TEST(RollingRank, SurvivesSaving) {
  testing::expect_state_survives_saving(RollingRank(7));
}

}  // namespace
}  // namespace regimetry::features
