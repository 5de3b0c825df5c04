#include "regimes/model/lasting_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

using testing::ElementsAre;
using testing::Pair;

using Labels = std::vector<std::int32_t>;

TEST(LastingNumbers, AreThoseOfTheEarlierRun) {
  EXPECT_THAT(lasting_numbers(Labels{0, 0, 1, 1, 2}, Labels{5, 5, 0, 0, 3}),
              ElementsAre(Pair(0, 5), Pair(1, 0), Pair(2, 3)));
}

TEST(LastingNumbers, OfTheSameLabelsAreTheSame) {
  const Labels labels = {0, 2, 2, 1, 1, 0, 7};
  for (const auto& [id, number] : lasting_numbers(labels, labels)) EXPECT_EQ(id, number);
}

TEST(LastingNumbers, AreNewForARegimeThatIsNone) {
  // Of label 1 two rows of five were 0, of which there were four.
  const Labels ids = {1, 1, 1, 1, 1, 0, 0}, baseline = {0, 0, 2, 2, 2, 2, 0};
  EXPECT_THAT(lasting_numbers(ids, baseline), ElementsAre(Pair(0, 0), Pair(1, 2)));
  EXPECT_THAT(lasting_numbers(Labels{0, 0, 0, 0, 0, 0}, Labels{0, 1, 2, 3, 4, 5}), ElementsAre(Pair(0, 0)))
      << "all rows of the smaller one";
  EXPECT_THAT(lasting_numbers(Labels{0, 1, 1, 1, 1, 1}, Labels{-1, 4, -1, -1, -1, -1}),
              ElementsAre(Pair(0, 5), Pair(1, 4)))
      << "only rows that both have are compared";
}

TEST(LastingNumbers, NeedAtLeastHalfOfTheSmallerOne) {
  // Label 0 has six rows, two of them of each earlier regime of four; the rest went to label 1.
  const Labels ids = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1};
  const Labels baseline = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
  EXPECT_THAT(lasting_numbers(ids, baseline), ElementsAre(Pair(0, 0), Pair(1, 1)));
  const Labels scarce = {0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1};
  EXPECT_THAT(lasting_numbers(scarce, baseline), ElementsAre(Pair(0, 3), Pair(1, 1)))
      << "one row of three is less than half";
}

}  // namespace
}  // namespace regimetry::regimes
