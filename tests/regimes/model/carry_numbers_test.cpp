#include "regimes/model/carry_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;

using Labels = std::vector<std::int32_t>;

TEST(CarryNumbers, KeepTheNumberThatMostRowsHad) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1, 1, 1}, 2, Labels{5, 5, 2, 2, 5}), ElementsAre(5, 2));
}

TEST(CarryNumbers, GiveTheSmallestFreeNumberToARegimeThatWasNotThere) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1, 2}, 3, Labels{1, 1, 0, -1}), ElementsAre(1, 0, 2));
  EXPECT_THAT(carry_numbers(Labels{0, 0, 1}, 2, Labels{3, 3, 3}), ElementsAre(3, 0)) << "a regime that split";
}

TEST(CarryNumbers, OfAsManyRegimesStayTheSameNumbers) {
  // Regime 1 dissolved into 0, and what was 2 split.
  EXPECT_THAT(carry_numbers(Labels{0, 0, 0, 1, 1, 2}, 3, Labels{0, 0, 1, 2, 2, 2}), ElementsAre(0, 2, 1));
}

TEST(CarryNumbers, LeaveANumberUnusedWhenItsRegimeIsGone) {
  EXPECT_THAT(carry_numbers(Labels{0, 0, 0}, 1, Labels{1, 1, 0}), ElementsAre(1));
}

TEST(CarryNumbers, DoNotCompareRowsThatHadNone) {
  EXPECT_THAT(carry_numbers(Labels{0, 1, 1}, 2, Labels{-1, -1, -1}), ElementsAre(0, 1));
}

}  // namespace
}  // namespace regimetry::regimes
