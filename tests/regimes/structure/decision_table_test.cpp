#include "regimes/structure/decision_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "regimes/structure/transitions.hpp"
#include "sticky_labels.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

#include "golden_structure.inc"

MatrixD golden_matrix() {
  const std::vector<std::int32_t> labels = sticky_labels(2000, 11);
  const std::vector<IndexRange> one{{0, 2000}};
  return transition_matrix(count_transitions(list_transitions(labels, one), 4));
}

TransitionProfile profile(double stickiness, double entropy) {
  return {.stickiness = stickiness, .next = std::nullopt, .next_probability = 0, .entropy = entropy};
}

TEST(DecisionTable, HasTheBytesThatPandasWrites) {
  const auto profiles = profile_transitions(golden_matrix());
  EXPECT_EQ(decision_table_csv(profiles), kDecisionCsv);
  EXPECT_EQ(role_summary_csv(profiles), kRolesCsv);
  EXPECT_EQ(regime_metadata_json(profiles), kMetadataJson);
  EXPECT_EQ(transition_matrix_csv(golden_matrix()), kMatrixCsv);
}

TEST(DecisionTable, AdvisesByThresholdsThatMustBePassed) {
  EXPECT_THAT(std::string(advise(profile(0.9001, 0)).note), HasSubstr("✅ Trend-friendly, hold longer"));
  EXPECT_EQ(advise(profile(0.90, 0)).note, "🟡 Moderate regime, tighten stop");
  EXPECT_EQ(advise(profile(0.75, 0)).note, "⚠️ Transitional, exit fast");
  EXPECT_FALSE(advise(profile(0.5, 0.4)).is_volatile);
  EXPECT_TRUE(advise(profile(0.5, 0.4001)).is_volatile);
}

TEST(DecisionTable, GivesEachRegimeARole) {
  EXPECT_EQ(advise(profile(0.95, 0.34)).role, "Trend Holder");
  EXPECT_EQ(advise(profile(0.95, 0.34)).action, "📈 Hold / Extend TP");
  EXPECT_EQ(advise(profile(0.95, 0.35)).role, "Moderate Regime");
  EXPECT_EQ(advise(profile(0.90, 0.1)).role, "Moderate Regime");
  EXPECT_EQ(advise(profile(0.90, 0.1)).action, "🚨 Tighten Stop / Quick TP");
  EXPECT_EQ(advise(profile(0.5, 0.6)).role, "Moderate Regime");
  EXPECT_EQ(advise(profile(0.5, 0.61)).role, "High-Risk / Choppy");
  EXPECT_EQ(advise(profile(0.5, 0.61)).action, "❌ Avoid entries");
}

TEST(DecisionTable, SaysNoneWhereNothingFollows) {
  MatrixD matrix(1, 1);
  matrix << 1;
  EXPECT_EQ(decision_table_csv(profile_transitions(matrix)),
            ",Stickiness,Most_Likely_Next,Next_Prob,Transition_Entropy,Volatile?,Strategy_Note\n"
            "Cluster 0,1.0,None,0.0,0.0,No,\"✅ Trend-friendly, hold longer\"\n");
  EXPECT_EQ(transition_matrix_csv(matrix), "0\n1.0\n");
}

}  // namespace
}  // namespace regimetry::regimes
