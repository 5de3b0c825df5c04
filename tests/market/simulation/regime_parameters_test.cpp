#include "market/simulation/regime_parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::market {
namespace {

using testing::HasSubstr;

RegimeParameters two_regimes(double leave_first, double leave_second) {
  return {.names = {"a", "b"},
          .means = {0.01, -0.01},
          .sds = {0.1, 0.2},
          .transition = {1 - leave_first, leave_first, leave_second, 1 - leave_second},
          .timeframe = {.nanoseconds = kNsPerDay, .months = 0},
          .student_t_dof = {}};
}

TEST(RegimeParameters, StationarySharesOfTwoRegimesAreInverseToLeaving) {
  const std::vector<double> shares = two_regimes(0.01, 0.03).stationary_shares();
  EXPECT_NEAR(shares[0], 0.75, 1e-14);  // .03 / (.01 + .03)
  EXPECT_NEAR(shares[1], 0.25, 1e-14);
}

TEST(RegimeParameters, StationarySharesSolveThePersistentChainToo) {
  const std::vector<double> shares = two_regimes(1e-9, 3e-9).stationary_shares();
  EXPECT_NEAR(shares[0], 0.75, 1e-6);
}

TEST(RegimeParameters, StationarySharesExistForAPeriodicChain) {
  EXPECT_NEAR(two_regimes(1, 1).stationary_shares()[0], 0.5, 1e-14);
}

TEST(RegimeParameters, AnAbsorbingRegimeTakesAll) {
  EXPECT_NEAR(two_regimes(0.1, 0).stationary_shares()[1], 1.0, 1e-12);
  EXPECT_TRUE(std::isinf(two_regimes(0.1, 0).mean_dwell_bars(1)));
}

TEST(RegimeParameters, MeanDwellIsTheInverseOfLeaving) {
  EXPECT_DOUBLE_EQ(two_regimes(0.25, 0.5).mean_dwell_bars(0), 4);
}

TEST(RegimeParameters, LongRunMomentsMixRegimes) {
  const RegimeParameters p = two_regimes(0.5, 0.5);
  EXPECT_NEAR(p.mean_return(), 0, 1e-15);
  // Half .01 + .0001 and half .04 + .0001: variance within plus variance of the means.
  EXPECT_NEAR(p.return_sd(), std::sqrt(0.5 * 0.01 + 0.5 * 0.04 + 0.0001), 1e-14);
}

TEST(RegimeParameters, EveryProblemIsToldAtOnce) {
  RegimeParameters p = two_regimes(0.1, 0.1);
  p.sds[1] = 0;
  p.transition[1] = 0.2;
  p.student_t_dof = 2;
  const std::vector<std::string> problems = p.problems();
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_THAT(problems[0], HasSubstr("sds: value 2 is 0"));
  EXPECT_THAT(problems[1], HasSubstr("student_t_dof: 2"));
  EXPECT_THAT(problems[2], HasSubstr("row 1 sums to 1.1"));
}

TEST(RegimeParameters, SizesThatDoNotFitAreNamed) {
  RegimeParameters p = two_regimes(0.1, 0.1);
  p.transition.pop_back();
  ASSERT_EQ(p.problems().size(), 1U);
  EXPECT_THAT(p.problems()[0], HasSubstr("give 2 x 2 = 4"));
}

TEST(RegimeParameters, NamesThatCannotBeColumnsAreRefused) {
  RegimeParameters p = two_regimes(0.1, 0.1);
  p.names = {"a", "a"};
  ASSERT_EQ(p.problems().size(), 1U);
  EXPECT_THAT(p.problems()[0], HasSubstr("'a' (name 2) is the same as 'a' (name 1)"));
  p.names = {"a\nb", "\xff"};
  EXPECT_EQ(p.problems().size(), 2U);
}

TEST(RegimeParameters, AStayMustFitItsPhases) {
  RegimeParameters p = two_regimes(0.5, 0.1);  // mean stays 2 and 10 bars
  p.dwell_shape = 3;
  ASSERT_EQ(p.problems().size(), 1U);
  EXPECT_THAT(p.problems()[0], HasSubstr("regime 'a', whose mean stay is 2 bars"));
  p.dwell_shape = 2;
  EXPECT_TRUE(p.problems().empty());
}

}  // namespace
}  // namespace regimetry::market
