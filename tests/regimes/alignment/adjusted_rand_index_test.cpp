#include "regimes/alignment/adjusted_rand_index.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "agreement_cases.hpp"
#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

TEST(AdjustedRandIndex, IsOneForTheSameGroupsUnderOtherNumbers) {
  EXPECT_EQ(adjusted_rand_index(Labels{0, 0, 1, 1, 2}, Labels{5, 5, 3, 3, 0}), 1);
}

TEST(AdjustedRandIndex, FallsBelowZeroWhenPairsAreTornMoreThanByChance) {
  // No pair together in both, two in each: 2 * (0*2 - 2*2) / (2*4 + 2*4) = -1/2.
  EXPECT_EQ(adjusted_rand_index(Labels{0, 0, 1, 1}, Labels{0, 1, 0, 1}), -0.5);
}

TEST(AdjustedRandIndex, IsZeroForASingleGroupAgainstSeveral) {
  EXPECT_EQ(adjusted_rand_index(Labels{0, 0, 0, 0}, Labels{0, 0, 1, 1}), 0);
}

TEST(AdjustedRandIndex, IsOneWhereThereIsNothingToTellApart) {
  EXPECT_EQ(adjusted_rand_index(Labels{}, Labels{}), 1);
  EXPECT_EQ(adjusted_rand_index(Labels{3}, Labels{0}), 1);
  EXPECT_EQ(adjusted_rand_index(Labels{0, 0, 0}, Labels{7, 7, 7}), 1);
  EXPECT_EQ(adjusted_rand_index(Labels{0, 1, 2}, Labels{2, 0, 1}), 1);
}

TEST(AdjustedRandIndex, LeavesOutRowsWithoutALabel) {
  EXPECT_EQ(adjusted_rand_index(Labels{-1, 0, 0, 1, 1, 1}, Labels{0, 0, 1, 0, 1, -1}), -0.5);
}

TEST(AdjustedRandIndex, AgreesWithScikitLearn) {
  for (const AgreementCase& one : agreement_cases()) {
    EXPECT_DOUBLE_EQ(adjusted_rand_index(one.truth(), one.labels()), one.adjusted_rand_index)
        << one.row_count;
    EXPECT_DOUBLE_EQ(adjusted_rand_index(one.labels(), one.truth()), one.adjusted_rand_index)
        << one.row_count;
  }
}

TEST(AdjustedRandIndex, CountsPairsOfMillionsOfRowsWithoutOverflow) {
  // 4 million rows, two halves, the labels cut a quarter later: products of pairs pass 2^63.
  const std::int64_t quarter = 1'000'000;
  Labels first, second;
  for (std::int64_t n = 0; n < 4 * quarter; ++n) {
    first.push_back(n < 2 * quarter ? 0 : 1);
    second.push_back(n < 3 * quarter ? 0 : 1);
  }
  // Pair shares for large N: in both 3/8, in the first 1/2, in the second 5/8: (3/8 - 5/16) / (9/16 - 5/16).
  EXPECT_NEAR(adjusted_rand_index(first, second), 0.25, 1e-6);
}

TEST(AdjustedRandIndex, RefusesLabellingsOfDifferentLength) {
  EXPECT_THROW((void)adjusted_rand_index(Labels{0, 1}, Labels{0}), Error);
}

}  // namespace
}  // namespace regimetry::regimes
