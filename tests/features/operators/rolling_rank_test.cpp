#include "features/operators/rolling_rank.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_checks.hpp"

namespace regimetry::features {
namespace {

using Counts = std::array<double, 2>;

TEST(RollingRank, CountsTheValuesBeforeThatAreBelowAndEqual) {
  RollingRank rank(4);
  for (const double x : {1.0, 3.0, 3.0, 5.0}) EXPECT_TRUE(is_missing(rank.update(x)[0]));
  EXPECT_EQ(rank.update(4), (Counts{3, 0}));  // of 1 3 3 5
  EXPECT_EQ(rank.update(3), (Counts{0, 2}));  // of 3 3 5 4
  EXPECT_EQ(rank.update(9), (Counts{4, 0}));  // of 3 5 4 3
  EXPECT_EQ(rank.update(1), (Counts{0, 0}));
}

TEST(RollingRank, OfOneValueIsAComparisonWithTheOneBefore) {
  RollingRank rank(1);
  rank.update(2);
  EXPECT_EQ(rank.update(2), (Counts{0, 1}));
  EXPECT_EQ(rank.update(3), (Counts{1, 0}));
  EXPECT_EQ(rank.update(0), (Counts{0, 0}));
}

TEST(RollingRank, IsExactOverMillionsOfBars) {
  for (const std::size_t n : {20, 252}) {
    std::int64_t wrong = 0;
    testing::CentWalk walk;
    testing::LastValues last(n);
    RollingRank op(static_cast<int>(n));
    for (std::size_t i = 0; i < 2'000'000; ++i) {
      const double x = walk.next();
      const auto [below, equal] = op.update(x);
      if (i >= n && walk.is_checkpoint()) {
        double expected_below = 0, expected_equal = 0;
        for (const double other : last.values()) {
          expected_below += other < x ? 1 : 0;
          expected_equal += other == x ? 1 : 0;
        }
        wrong += below != expected_below || equal != expected_equal;
      }
      last.add(x);
    }
    EXPECT_EQ(wrong, 0) << n;
  }
}

TEST(RollingRank, IsMissingWhileAMissingValueIsAmongThoseBefore) {
  RollingRank rank(2);
  rank.update(1);
  rank.update(2);
  EXPECT_TRUE(is_missing(rank.update(kMissing)[0]));
  EXPECT_TRUE(is_missing(rank.update(3)[1]));
  EXPECT_TRUE(is_missing(rank.update(4)[0]));
  EXPECT_EQ(rank.update(5), (Counts{2, 0}));
}

TEST(RollingRank, GoesOnAfterRestoring) {
  testing::expect_same_bits_after_restoring<RollingRank>(RollingRank(10), [](RollingRank& op, int i) {
    const auto [below, equal] = op.update(i * i % 17);
    return below + 100 * equal;
  });
}

}  // namespace
}  // namespace regimetry::features
