#include "regimes/alignment/balanced_accuracy.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "agreement_cases.hpp"
#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

TEST(BalancedAccuracy, CountsEveryRegimeTheSame) {
  // Regime 0: 9 of 9 right; regime 1: 0 of 1.
  const Labels truth{0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_EQ(balanced_accuracy(Labels(10, 0), truth), 0.5);
  EXPECT_EQ(matched_balanced_accuracy(Labels(10, 4), truth), 0.5);
}

TEST(BalancedAccuracy, MatchesForItsOwnSakeAndNotForTheMostRows) {
  // Most rows agree with 0->0, 1->1 (6 of 10): recalls 6/9 and 0. The other match: 3/9 and 1.
  const Labels truth{0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  const Labels labels{0, 0, 0, 0, 0, 0, 1, 1, 1, 0};
  EXPECT_DOUBLE_EQ(matched_balanced_accuracy(labels, truth), (3.0 / 9 + 1) / 2);
  EXPECT_DOUBLE_EQ(balanced_accuracy(labels, truth), (6.0 / 9 + 0) / 2);
}

TEST(BalancedAccuracy, AveragesOverTheRegimesThatOccurOnly) {
  EXPECT_EQ(matched_balanced_accuracy(Labels{0, 0, 1, 1, 2}, Labels{7, 7, 9, 9, 9}), (1.0 + 2.0 / 3) / 2);
  EXPECT_EQ(balanced_accuracy(Labels{5, 5}, Labels{5, 5}), 1);
}

TEST(BalancedAccuracy, LeavesOutRowsWithoutALabel) {
  EXPECT_EQ(balanced_accuracy(Labels{-1, 0, 1, 1}, Labels{0, 0, 1, -1}), 1);
  EXPECT_EQ(balanced_accuracy(Labels{-1}, Labels{0}), 1);
  EXPECT_EQ(matched_balanced_accuracy(Labels{}, Labels{}), 1);
}

TEST(BalancedAccuracy, AgreesWithScikitLearnOverAllMatches) {
  for (const AgreementCase& one : agreement_cases())
    EXPECT_NEAR(matched_balanced_accuracy(one.labels(), one.truth()), one.balanced_accuracy, 1e-15)
        << one.row_count;
}

TEST(BalancedAccuracy, RefusesLabellingsOfDifferentLength) {
  EXPECT_THROW((void)balanced_accuracy(Labels{0, 1}, Labels{0}), Error);
  EXPECT_THROW((void)matched_balanced_accuracy(Labels{0, 1}, Labels{0}), Error);
}

}  // namespace
}  // namespace regimetry::regimes
