#include "regimes/model/regime_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <utility>

#include "regimes/no_regime.hpp"

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;

using Labels = std::vector<std::int32_t>;

// Fits on the first rows of ten, as many as there are labels.
class RegimeNumbersTest : public testing::Test {
 protected:
  Labels number(const Labels& labels, int regime_count) {
    std::vector<std::int64_t> rows(labels.size());
    std::iota(rows.begin(), rows.end(), 0);
    Labels ordered(static_cast<std::size_t>(regime_count));
    std::iota(ordered.begin(), ordered.end(), 0);
    return numbers_.number(labels, rows, regime_count, ordered);
  }
  RegimeNumbers numbers_{Labels(10, kNoRegime), 0};
};

TEST_F(RegimeNumbersTest, OfAFirstFitAreTheOrderedOnes) {
  const std::vector<std::int64_t> rows = {0, 1, 2};
  EXPECT_THAT(numbers_.number(Labels{0, 1, 1}, rows, 2, Labels{1, 0}), ElementsAre(1, 0));
  EXPECT_THAT(numbers_.known(), ElementsAre(1, 0, 0, -1, -1, -1, -1, -1, -1, -1));
}

TEST_F(RegimeNumbersTest, KeepTheNumberThatMostRowsHad) {
  (void)number({0, 0, 1, 1}, 2);
  EXPECT_THAT(number({1, 1, 0, 0, 0}, 2), ElementsAre(1, 0));
}

TEST_F(RegimeNumbersTest, OfAsManyRegimesStayTheSame) {
  (void)number({0, 0, 1, 2, 2, 2}, 3);
  // Regime 1 dissolved into 0, and what was 2 split.
  EXPECT_THAT(number({0, 0, 0, 1, 1, 2}, 3), ElementsAre(0, 2, 1));
}

TEST_F(RegimeNumbersTest, GiveARegimeThatWasNeverThereANewNumber) {
  (void)number({0, 0, 0, 1, 1, 1}, 2);
  EXPECT_THAT(number({0, 0, 0, 1, 1, 1, 2, 2}, 3), ElementsAre(0, 1, 2));
  EXPECT_THAT(number({0, 0, 0, 1, 1, 1, 1, 1}, 2), ElementsAre(0, 1)) << "2 is gone";
  EXPECT_THAT(number({0, 0, 0, 1, 1, 1, 1, 1, 2, 2}, 3), ElementsAre(0, 1, 3)) << "not the one that is gone";
}

TEST_F(RegimeNumbersTest, GiveARegimeThatComesBackItsNumber) {
  (void)number({0, 0, 0, 1, 1, 1, 2, 2}, 3);
  EXPECT_THAT(number({0, 0, 0, 1, 1, 1, 1, 1}, 2), ElementsAre(0, 1));
  EXPECT_THAT(number({0, 0, 0, 1, 1, 1, 2, 2, 2, 0}, 3), ElementsAre(0, 1, 2));
}

TEST_F(RegimeNumbersTest, AreNotKeptForAFewRowsWhenTheCountChanged) {
  (void)number({0, 0, 0, 0, 1, 1, 1, 1}, 2);
  // One of the eight rows of either regime is in the third: neither keeps more than half of it.
  EXPECT_THAT(number({0, 0, 0, 1, 2, 2, 2, 1, 1, 1}, 3), ElementsAre(0, 2, 1));
}

TEST_F(RegimeNumbersTest, OfABaselineNameTheFirstFitByWhatItKnows) {
  const std::vector<std::int64_t> rows = {0, 1, 2, 3, 4, 5};
  const Labels baseline{4, 4, 4, 2, 2, 7, 3, 3, 9, 9};
  EXPECT_THAT(RegimeNumbers(baseline, 0).number(Labels{1, 1, 1, 0, 0, 2}, rows, 3, Labels{0, 1, 2}),
              ElementsAre(2, 4, 7));
  EXPECT_THAT(RegimeNumbers(baseline, 0).number(Labels{0, 1, 0, 3, 3, 2}, rows, 4, Labels{0, 1, 2, 3}),
              ElementsAre(4, 8, 7, 2))
      << "1 is new; 9 comes later";
  EXPECT_THAT(RegimeNumbers(baseline, 10).number(Labels{0, 1, 0, 3, 3, 2}, rows, 4, Labels{0, 1, 2, 3}),
              ElementsAre(4, 10, 7, 2))
      << "those of the baseline are kept";
}

TEST_F(RegimeNumbersTest, GoOnAsBeforeFromTheBaselineTheyMade) {
  const std::vector<std::int64_t> first = {0, 1, 2, 3}, second = {0, 1, 2, 3, 4, 5};
  Labels baseline(10, kNoRegime);
  const auto run = [&](RegimeNumbers numbers) {
    const Labels one = numbers.number(Labels{1, 1, 0, 0}, first, 2, Labels{1, 0});
    for (std::size_t row = 0; row < 4; ++row) baseline[row] = numbers.known()[row];
    const Labels two = numbers.number(Labels{0, 0, 1, 1, 2, 2}, second, 3, Labels{});
    for (std::size_t row = 4; row < 10; ++row) baseline[row] = two[2];
    return std::pair(one, two);
  };
  const auto before = run(RegimeNumbers(Labels(10, kNoRegime), 0));
  EXPECT_EQ(run(RegimeNumbers(baseline, 0)), before);
}

TEST_F(RegimeNumbersTest, StayBelowTheMostThereMayBe) {
  RegimeNumbers numbers(Labels{99, 99, kNoRegime, kNoRegime}, 0);
  const std::vector<std::int64_t> rows = {0, 1, 2, 3};
  EXPECT_THAT(numbers.number(Labels{0, 0, 1, 2}, rows, 3, Labels{0, 1, 2}), ElementsAre(99, 0, 1));
}

}  // namespace
}  // namespace regimetry::regimes
