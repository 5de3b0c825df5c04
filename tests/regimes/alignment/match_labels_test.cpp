#include "regimes/alignment/match_labels.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "core/error.hpp"

namespace regimetry::regimes {
namespace {

using Labels = std::vector<std::int32_t>;

std::map<std::int32_t, std::int32_t> pairs_of(const LabelMatch& match) {
  std::map<std::int32_t, std::int32_t> pairs;
  for (const LabelMatch::Pair& pair : match.pairs) pairs[pair.label] = pair.reference;
  return pairs;
}

TEST(MatchLabels, FindsTheNumbersBack) {
  const LabelMatch match = match_labels(Labels{0, 0, 1, 1, 2, 2, 2}, Labels{2, 2, 0, 0, 1, 1, 0});
  EXPECT_EQ(pairs_of(match), (std::map<std::int32_t, std::int32_t>{{0, 2}, {1, 0}, {2, 1}}));
  EXPECT_DOUBLE_EQ(match.agreement(), 6.0 / 7);
  EXPECT_EQ(match.pairs[1].common, 2);
  EXPECT_EQ(match.pairs[1].rows_of_label, 2);
  EXPECT_EQ(match.pairs[1].rows_of_reference, 3);
  EXPECT_DOUBLE_EQ(match.pairs[1].overlap(), 2.0 / 3);
}

TEST(MatchLabels, LeavesOverWhatHasNoPartner) {
  const LabelMatch more = match_labels(Labels{0, 0, 0, 1, 2, 2}, Labels{0, 0, 0, 0, 4, 4});
  EXPECT_EQ(pairs_of(more), (std::map<std::int32_t, std::int32_t>{{0, 0}, {2, 4}}));
  EXPECT_EQ(more.unmatched_labels, (Labels{1}));
  EXPECT_TRUE(more.unmatched_references.empty());
  const LabelMatch fewer = match_labels(Labels{0, 0, 0, 0, 4, 4}, Labels{0, 0, 0, 1, 2, 2});
  EXPECT_EQ(fewer.unmatched_references, (Labels{1}));
  EXPECT_TRUE(fewer.unmatched_labels.empty());
}

TEST(MatchLabels, NeverMatchesLabelsThatShareNoRow) {
  const LabelMatch match = match_labels(Labels{0, 0, 1}, Labels{5, 5, 5});
  EXPECT_EQ(pairs_of(match), (std::map<std::int32_t, std::int32_t>{{0, 5}}));
  EXPECT_EQ(match.unmatched_labels, (Labels{1}));
}

TEST(MatchLabels, KeepsNumbersAmongEquallyGoodMatches) {
  EXPECT_EQ(pairs_of(match_labels(Labels{0, 0, 1, 1}, Labels{0, 1, 0, 1})),
            (std::map<std::int32_t, std::int32_t>{{0, 0}, {1, 1}}));
  EXPECT_EQ(pairs_of(match_labels(Labels{2, 2, 1, 1}, Labels{1, 2, 1, 2})),
            (std::map<std::int32_t, std::int32_t>{{1, 1}, {2, 2}}));
}

TEST(MatchLabels, ComparesOnlyRowsThatHaveBoth) {
  const LabelMatch match = match_labels(Labels{-1, 0, 0, 1}, Labels{3, 3, -1, 4});
  EXPECT_EQ(match.compared_rows, 2);
  EXPECT_EQ(match.agreement(), 1);
  const LabelMatch nothing = match_labels(Labels{-1}, Labels{0});
  EXPECT_TRUE(nothing.pairs.empty());
  EXPECT_EQ(nothing.agreement(), 1);
}

TEST(MatchLabels, RefusesLabellingsOfDifferentLength) {
  EXPECT_THROW((void)match_labels(Labels{0, 1}, Labels{0}), Error);
}

}  // namespace
}  // namespace regimetry::regimes
