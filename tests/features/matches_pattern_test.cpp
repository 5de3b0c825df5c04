#include "features/matches_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace regimetry::features {
namespace {

TEST(MatchesPattern, TakesAStarForAnyText) {
  EXPECT_TRUE(matches_pattern("rsi_14", "rsi_14"));
  EXPECT_TRUE(matches_pattern("rsi_14", "rsi*"));
  EXPECT_TRUE(matches_pattern("rsi_14", "*"));
  EXPECT_TRUE(matches_pattern("rsi_14", "*14"));
  EXPECT_TRUE(matches_pattern("a_b_c_b", "a*b*b"));
  EXPECT_TRUE(matches_pattern("aab", "*ab"));
  EXPECT_TRUE(matches_pattern("", "*"));
  EXPECT_FALSE(matches_pattern("rsi_14", "rsi"));
  EXPECT_FALSE(matches_pattern("rsi_14", "RSI*"));
  EXPECT_FALSE(matches_pattern("ab", "a*b*b"));
  EXPECT_FALSE(matches_pattern("", "a*"));
  EXPECT_TRUE(matches_pattern("", ""));
}

TEST(MatchesPattern, IsQuickWithManyStars) {
  std::string stars;
  for (int i = 0; i < 40; ++i) stars += "*a";
  EXPECT_FALSE(matches_pattern(std::string(200, 'a'), stars + "b"));
}

}  // namespace
}  // namespace regimetry::features
