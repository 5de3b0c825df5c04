#include "features/catalogue/turn_sine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace regimetry::features {
namespace {

TEST(TurnSine, IsWithinAUnitInTheLastPlaceOfOne) {
  const long double full_turn = 4 * std::acos(0.0L);
  long double worst = 0;
  for (const std::int64_t steps : {7, 12, 24, 365, 1440}) {
    for (std::int64_t step = 0; step < steps; ++step) {
      const long double angle = full_turn * static_cast<long double>(step) / static_cast<long double>(steps);
      worst = std::max({worst, std::abs(sine_of_turn(step, steps) - std::sin(angle)),
                        std::abs(cosine_of_turn(step, steps) - std::cos(angle))});
    }
  }
  EXPECT_LT(worst, std::numeric_limits<double>::epsilon());
}

TEST(TurnSine, IsExactOnTheQuarters) {
  EXPECT_EQ(sine_of_turn(0, 12), 0.0);
  EXPECT_EQ(sine_of_turn(3, 12), 1.0);
  EXPECT_EQ(sine_of_turn(6, 12), 0.0);
  EXPECT_EQ(sine_of_turn(9, 12), -1.0);
  EXPECT_EQ(cosine_of_turn(0, 12), 1.0);
  EXPECT_EQ(cosine_of_turn(3, 12), 0.0);
  EXPECT_EQ(cosine_of_turn(6, 12), -1.0);
  EXPECT_EQ(cosine_of_turn(9, 12), 0.0);
}

TEST(TurnSine, MirrorsItselfToTheBit) {
  for (std::int64_t minute = 1; minute < 1440; ++minute) {
    EXPECT_EQ(sine_of_turn(minute, 1440), -sine_of_turn(1440 - minute, 1440)) << minute;
    EXPECT_EQ(cosine_of_turn(minute, 1440), cosine_of_turn(1440 - minute, 1440)) << minute;
    EXPECT_EQ(cosine_of_turn(minute, 1440), sine_of_turn((minute + 360) % 1440, 1440)) << minute;
  }
}

}  // namespace
}  // namespace regimetry::features
