#include "features/operators/lag.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

TEST(Lag, GivesTheValueOfNBarsAgo) {
  Lag lag(2);
  EXPECT_EQ(lag.warmup(), 2);
  EXPECT_TRUE(std::isnan(lag.update(1)));
  EXPECT_TRUE(std::isnan(lag.update(2)));
  EXPECT_EQ(lag.update(3), 1.0);
  EXPECT_EQ(lag.update(4), 2.0);
  EXPECT_EQ(lag.update(5), 3.0);
}

TEST(Lag, IsExactOverTenMillionBars) {
  testing::CentWalk walk, walk_before;
  constexpr int kBars = 251;
  Lag lag(kBars);
  for (int i = 0; i < kBars; ++i) static_cast<void>(lag.update(walk.next()));
  std::int64_t wrong = 0;
  for (int i = 0; i < 10'000'000; ++i) wrong += lag.update(walk.next()) != walk_before.next();
  EXPECT_EQ(wrong, 0);
}

TEST(Lag, HandsOnAMissingValueOnce) {
  Lag lag(3);
  for (int i = 0; i < 5; ++i) static_cast<void>(lag.update(i));
  static_cast<void>(lag.update(kMissing));
  EXPECT_EQ(lag.update(6), 3.0);
  EXPECT_EQ(lag.update(7), 4.0);
  EXPECT_TRUE(std::isnan(lag.update(8)));
  EXPECT_EQ(lag.update(9), 6.0);
}

TEST(Lag, SurvivesSaving) {
  testing::expect_state_survives_saving(Lag(7));
}

}  // namespace
}  // namespace regimetry::features
