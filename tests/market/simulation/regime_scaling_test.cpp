#include "market/simulation/regime_scaling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>

#include "core/error.hpp"
#include "market/simulation/presets.hpp"

namespace regimetry::market {
namespace {

using testing::HasSubstr;

std::string error_of(const std::vector<double>& transition, int k, double exponent) {
  try {
    static_cast<void>(transition_power(transition, k, exponent));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "no error";
}

TEST(TransitionPower, TwoRegimesFollowTheClosedForm) {
  // P^s = shares + (1 - leave sum)^s * (I - shares): with leaving .2 and .3 the shares are .6 and .4, the
  // eigenvalue .5.
  const std::vector<double> power = transition_power({.8, .2, .3, .7}, 2, 0.25);
  const double root = std::pow(0.5, 0.25);
  EXPECT_NEAR(power[0], 0.6 + 0.4 * root, 2e-12);
  EXPECT_NEAR(power[1], 0.4 - 0.4 * root, 2e-12);
  EXPECT_NEAR(power[2], 0.6 - 0.6 * root, 2e-12);
}

TEST(TransitionPower, TwentiethRootTakenTwentyTimesIsTheMatrix) {
  const std::vector<double>& monthly = find_preset("hardy3-monthly").parameters.transition;
  const std::vector<double> back = transition_power(transition_power(monthly, 3, 0.05), 3, 20);
  for (std::size_t i = 0; i < monthly.size(); ++i) EXPECT_NEAR(back[i], monthly[i], 1e-10) << i;
}

TEST(TransitionPower, RowsSumToOneExactly) {
  const std::vector<double> power = transition_power({.9, .06, .04, .1, .8, .1, .05, .15, .8}, 3, 0.3);
  for (std::size_t row = 0; row < 3; ++row)
    EXPECT_EQ(power[3 * row] + power[3 * row + 1] + power[3 * row + 2], 1.0);
}

TEST(TransitionPower, WholePowersExistWhereRootsDoNot) {
  const std::vector<double> flip{0, 1, 1, 0};
  EXPECT_EQ(transition_power(flip, 2, 2), (std::vector<double>{1, 0, 0, 1}));
  EXPECT_THAT(error_of(flip, 2, 0.5), HasSubstr("no power 0.5 that is a matrix of probabilities"));
}

TEST(TransitionPower, ARootWithNegativeEntriesIsRefused) {
  // From 1 one comes to 3 only through 2, and never within the same bar: half a bar cannot do that.
  EXPECT_THAT(error_of({.5, .5, 0, 0, .5, .5, .5, 0, .5}, 3, 0.5), HasSubstr("would be -"));
}

TEST(TransitionPower, ASingularMatrixHasNoRoot) {
  EXPECT_THAT(error_of({.5, .5, .5, .5}, 2, 0.5), HasSubstr("no power 0.5"));
}

TEST(Rescale, MeansAndVariancesGrowWithTheBar) {
  const RegimeParameters& daily = find_preset("four-daily").parameters;
  const RegimeParameters weekly = rescale(daily, 5, {.nanoseconds = 7 * kNsPerDay, .months = 0});
  EXPECT_DOUBLE_EQ(weekly.means[0], 5 * daily.means[0]);
  EXPECT_DOUBLE_EQ(weekly.sds[0], std::sqrt(5.0) * daily.sds[0]);
  EXPECT_EQ(weekly.timeframe.name(), "1w");
  const std::vector<double> before = daily.stationary_shares(), after = weekly.stationary_shares();
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(before[k], after[k], 1e-9);
}

}  // namespace
}  // namespace regimetry::market
