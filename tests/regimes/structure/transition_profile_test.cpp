#include "regimes/structure/transition_profile.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::regimes {
namespace {

TEST(TransitionProfile, NamesTheLikeliestOtherRegime) {
  MatrixD matrix(3, 3);
  matrix << 0.7, 0.1, 0.2, 0.25, 0.5, 0.25, 0, 0, 1;
  const auto profiles = profile_transitions(matrix);
  EXPECT_EQ(profiles[0].stickiness, 0.7);
  EXPECT_EQ(profiles[0].next, 2);
  EXPECT_EQ(profiles[0].next_probability, 0.2);
  EXPECT_EQ(profiles[1].next, 0);  // a tie goes to the smaller number
  EXPECT_FALSE(profiles[2].next.has_value());
  EXPECT_EQ(profiles[2].next_probability, 0);
}

TEST(TransitionProfile, MeasuresDisorderInNats) {
  MatrixD matrix(3, 3);
  matrix << 0.5, 0.5, 0, 1, 0, 0, 0, 0, 0;
  const auto profiles = profile_transitions(matrix);
  EXPECT_DOUBLE_EQ(profiles[0].entropy, std::log(2.0));
  EXPECT_EQ(profiles[1].entropy, 0);
  EXPECT_FALSE(std::signbit(profiles[1].entropy));
  EXPECT_EQ(profiles[2].entropy, 0);  // a row that is never left
}

}  // namespace
}  // namespace regimetry::regimes
