#include "features/operators/decayed_average.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "features/support/cent_walk.hpp"
#include "features/support/operator_rules.hpp"

namespace regimetry::features {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

TEST(DecayedAverage, HalvesTheWeightWithEachHalfLife) {
  DecayedAverage average(1);
  EXPECT_DOUBLE_EQ(average.update(8), 8.0);
  EXPECT_DOUBLE_EQ(average.update(2), 4.0);         // (4 + 2) / 1.5
  EXPECT_DOUBLE_EQ(average.update(1), 4.0 / 1.75);  // (2 + 1 + 1) / 1.75
}

TEST(DecayedAverage, WaitsForOneHalfLifeRoundedUp) {
  for (const auto& [half_life, needed] : {std::pair{1.0, 1}, std::pair{2.5, 3}, std::pair{20.0, 20}}) {
    DecayedAverage average(half_life);
    EXPECT_EQ(average.warmup(), needed - 1);
    for (int i = 1; i < 30; ++i)
      EXPECT_EQ(std::isnan(average.update(i)), i < needed) << half_life << " " << i;
  }
}

TEST(DecayedAverage, KeepsItsAccuracyOverMillionsOfBars) {
  for (const double half_life : {5.0, 60.0}) {
    const long double decay = std::exp2(-1.0L / half_life);
    testing::CentWalk walk;
    DecayedAverage average(half_life);
    long double sum = 0, weight = 0, worst = 0;
    for (int i = 0; i < 4'000'000; ++i) {
      const double x = walk.next();
      sum = decay * sum + x;
      weight = decay * weight + 1;
      const double now = average.update(x);
      if (i >= half_life) worst = std::max(worst, std::abs(now - sum / weight) / (sum / weight));
    }
    // A bar rounds the mean by half a unit at most, and 1.44 half-lives of such roundings are remembered; the
    // rest is for the step towards a spike.
    EXPECT_LT(worst, 2 * kEpsilon * 1.44 * half_life) << half_life;
    RecordProperty("worst_of_" + std::to_string(half_life), std::to_string(worst / kEpsilon) + " eps");
  }
}

TEST(DecayedAverage, OfEqualValuesIsThatValue) {
  DecayedAverage average(3);
  for (int i = 0; i < 100; ++i) {
    const double now = average.update(1e6 / 3);
    EXPECT_TRUE(i < 2 || now == 1e6 / 3) << i << ": " << now;
  }
}

TEST(DecayedAverage, PassesOverAMissingValue) {
  DecayedAverage with_hole(4), without(4);
  for (std::size_t i = 0; i < 40; ++i) {
    if (i == 1 || i == 20) {
      EXPECT_TRUE(std::isnan(with_hole.update(kMissing)));
    }
    testing::expect_same_bits(testing::as_vector(with_hole.update(testing::made_value(i))),
                              testing::as_vector(without.update(testing::made_value(i))), i);
  }
}

TEST(DecayedAverage, SurvivesSaving) {
  testing::expect_state_survives_saving(DecayedAverage(7.5));
}

}  // namespace
}  // namespace regimetry::features
