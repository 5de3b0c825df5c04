#include "regimes/alignment/label_stability.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry::regimes {
namespace {

TEST(LabelStability, IsOneForTheSameRegimesUnderOtherNumbers) {
  const std::vector<RefitLabels> refits{{0, {0, 0, 1, 1}}, {2, {5, 5, 3, 3}}};
  const LabelStability stability = label_stability(refits);
  EXPECT_EQ(stability.agreement, 1);
  EXPECT_EQ(stability.adjusted_rand_index, 1);
  EXPECT_EQ(stability.compared_pairs, 1);
  ASSERT_EQ(stability.regimes.size(), 2U);
  EXPECT_EQ(stability.regimes[1].label, 5);
  EXPECT_EQ(stability.regimes[1].overlap, 1);
  EXPECT_EQ(stability.regimes[0].compared_fits, 0);  // 3 lies outside the rows in common
}

TEST(LabelStability, AveragesOverPairs) {
  // First and second agree fully; the third splits the last two rows otherwise: 3/4 with each.
  const std::vector<RefitLabels> refits{{0, {0, 0, 1, 1}}, {0, {1, 1, 0, 0}}, {0, {0, 0, 1, 0}}};
  const LabelStability stability = label_stability(refits);
  EXPECT_DOUBLE_EQ(stability.agreement, (1 + 0.75 + 0.75) / 3);
  EXPECT_EQ(stability.compared_pairs, 3);
  EXPECT_DOUBLE_EQ(stability.regimes[0].overlap, 2.0 / 3);
  EXPECT_DOUBLE_EQ(stability.regimes[1].overlap, 1.0 / 2);
  EXPECT_EQ(stability.regimes[1].compared_fits, 2);
}

TEST(LabelStability, CountsARegimeWithoutAMatchAsLost) {
  const std::vector<RefitLabels> refits{{0, {0, 0, 0, 0}}, {0, {0, 0, 0, 1}}};
  const LabelStability stability = label_stability(refits);
  EXPECT_EQ(stability.regimes[1].overlap, 0);
  EXPECT_EQ(stability.regimes[1].compared_fits, 1);
}

TEST(LabelStability, LeavesOutRefitsThatDoNotMeet) {
  const std::vector<RefitLabels> refits{{0, {0, 1}}, {2, {0, 1}}, {0, {-1, -1}}};
  EXPECT_EQ(label_stability(refits).compared_pairs, 0);
  EXPECT_EQ(label_stability(refits).agreement, 1);
  EXPECT_TRUE(label_stability({}).regimes.empty());
}

}  // namespace
}  // namespace regimetry::regimes
