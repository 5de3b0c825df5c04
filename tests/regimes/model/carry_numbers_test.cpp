#include "regimes/model/carry_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;

using Labels = std::vector<std::int32_t>;

TEST(CarryNumbers, KeepTheNumberThatMostRowsHad) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1, 1, 1}, 2, Labels{5, 5, 2, 2, 5}, 5, 0), ElementsAre(5, 2));
}

TEST(CarryNumbers, GiveNewOnesToRegimesThatWereNotThere) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1, 2}, 3, Labels{1, 1, 0, -1}, 4, 0), ElementsAre(1, 0, 5));
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1}, 2, Labels{3, 3, 3}, 3, 0), ElementsAre(3, 4))
      << "a regime that split";
}

TEST(CarryNumbers, LeaveANumberUnusedWhenItsRegimeIsGone) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 0}, 1, Labels{1, 1, 0}, 1, 0), ElementsAre(1));
}

TEST(CarryNumbers, BreakWithAWeakMatchWhereThatIsAskedFor) {
  // Label 1 shares three of the four rows that were 0.
  const Labels labels{0, 1, 1, 1, 1, 1}, earlier{0, 0, 0, 0, 1, 2};
  EXPECT_THAT(carry_numbers(labels, 2, earlier, 2, 0.75), ElementsAre(3, 0));
  EXPECT_THAT(carry_numbers(labels, 2, earlier, 2, 0.76), ElementsAre(3, 4));
}

TEST(CarryNumbers, DoNotCompareRowsThatHadNone) {
  EXPECT_THAT(carry_numbers(Labels{0, 1, 1}, 2, Labels{-1, -1, -1}, -1, 0), ElementsAre(0, 1));
}

}  // namespace
}  // namespace regimetry::regimes
