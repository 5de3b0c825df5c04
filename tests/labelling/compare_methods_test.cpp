#include "labelling/compare_methods.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "labelling/support/regime_walk.hpp"

namespace regimetry::labelling {
namespace {

TEST(CompareMethods, LabelsWithEveryMethodAndSaysHowFarTheyAgree) {
  const RegimeWalk walk = regime_walk(400);
  ThreadPool pool(2);
  LabelOptions options;
  options.regimes.method = regimes::RegimeMethod::kKMeans;
  options.regimes.regime_count = 3;
  options.asof = {.initial_stamps = 200, .refit_stamps = 150};
  const LabelledRegimes first =
      label_regimes(walk.source, walk.returns, nullptr, options, Rng(1), pool, silent_observer());
  const MethodComparison comparison =
      compare_methods(first, walk.source, walk.returns, {options}, Rng(1), pool, silent_observer());
  ASSERT_EQ(comparison.methods.size(), regimes::all_methods().size());
  for (const ComparedMethod& one : comparison.methods) {
    EXPECT_EQ(one.failure, "") << regimes::method_name(one.method);
    EXPECT_EQ(one.regime_count, 3);
    // 10 stays of 40 rows in each of the two instruments.
    EXPECT_NEAR(one.mean_stay_rows, 40, 3) << regimes::method_name(one.method);
    EXPECT_NEAR(one.switches_per_year, 18.0 / (800.0 / 252), 1) << regimes::method_name(one.method);
    EXPECT_NEAR(one.smallest_share, 0.3, 0.05);
    EXPECT_GT(one.asof_agreement.value(), 0.9) << regimes::method_name(one.method);
  }
  EXPECT_GT(comparison.agreement.minCoeff(), 0.95);
  EXPECT_EQ(comparison.agreement(2, 2), 1);
  EXPECT_EQ(to_json(comparison).at("methods").size(), comparison.methods.size());
}

TEST(CompareMethods, ComparesTheLatestRowsOfALongSource) {
  const RegimeWalk walk = regime_walk(400);
  ThreadPool pool(1);
  LabelOptions options;
  options.regimes.method = regimes::RegimeMethod::kKMeans;
  options.regimes.regime_count = 3;
  options.with_asof = false;
  const LabelledRegimes first =
      label_regimes(walk.source, walk.returns, nullptr, options, Rng(1), pool, silent_observer());
  const MethodComparison comparison =
      compare_methods(first, walk.source, walk.returns, {options, 400}, Rng(1), pool, silent_observer());
  ASSERT_EQ(comparison.rows.size(), 400U);
  EXPECT_EQ(comparison.rows.front(), 200);
  for (const ComparedMethod& one : comparison.methods) EXPECT_EQ(one.ids.size(), 400U);
  EXPECT_EQ(comparison.methods[1].ids[0], first.ids[200]);  // its own labels, there
  EXPECT_GT(comparison.agreement.minCoeff(), 0.95);
  EXPECT_EQ(to_json(comparison).at("rows"), 400);
}

TEST(CompareMethods, GoesOnWhenOneMethodFails) {
  // Four different rows: too few for a neighbour graph, enough for centres.
  RegimeWalk walk = regime_walk(6);
  ThreadPool pool(1);
  LabelOptions options;
  options.regimes.method = regimes::RegimeMethod::kKMeans;
  options.regimes.regime_count = 3;
  options.regimes.neighbor_count = 50;
  options.with_asof = false;
  const LabelledRegimes first =
      label_regimes(walk.source, {}, nullptr, options, Rng(1), pool, silent_observer());
  const MethodComparison comparison =
      compare_methods(first, walk.source, {}, {options}, Rng(1), pool, silent_observer());
  ASSERT_EQ(comparison.methods.front().method, regimes::RegimeMethod::kSpectral);
  EXPECT_NE(comparison.methods.front().failure, "");
  EXPECT_EQ(comparison.methods[1].failure, "");
  EXPECT_TRUE(std::isnan(comparison.agreement(0, 1)));
}

}  // namespace
}  // namespace regimetry::labelling
