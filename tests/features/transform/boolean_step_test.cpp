#include "features/transform/boolean_step.hpp"

#include <gmock/gmock.h>

#include "features/support/step_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;

market::Column booleans(std::vector<double> values) {
  return number_column("up", std::move(values), market::ColumnKind::kBoolean);
}

TEST(BooleanStep, IsZeroOrYesAndImputesTheMoreFrequent) {
  BooleanStep step(MissingPolicy::kImpute, 100);
  const ColumnFacts facts = fit_step(step, booleans({1, 1, 0, kNaN}));
  EXPECT_EQ(facts.missing, 1);
  EXPECT_THAT(apply_step(step, booleans({0, 1, kNaN}))[0], ElementsAre(0, 100, 100));
}

TEST(BooleanStep, TakesFalseWhereBothAreEquallyFrequent) {
  BooleanStep step(MissingPolicy::kImpute, 1);
  fit_step(step, booleans({1, 0}));
  EXPECT_THAT(apply_step(step, booleans({kNaN}))[0], ElementsAre(0));
}

TEST(BooleanStep, KeepsMissingValuesOnRequest) {
  BooleanStep step(MissingPolicy::kKeep, 1);
  fit_step(step, booleans({1, 0}));
  EXPECT_TRUE(std::isnan(apply_step(step, booleans({kNaN}))[0][0]));
}

TEST(BooleanStep, KnowsAConstantAndAnEmptyColumn) {
  BooleanStep step(MissingPolicy::kImpute, 1);
  EXPECT_TRUE(fit_step(step, booleans({1, kNaN, 1})).is_constant);
  const ColumnFacts facts = fit_step(step, booleans({kNaN}));
  EXPECT_TRUE(facts.is_empty());
  EXPECT_FALSE(facts.is_constant);
}

TEST(BooleanStep, ComesBackFromJson) {
  BooleanStep step(MissingPolicy::kImpute, 100);
  fit_step(step, booleans({1, 1, 0}));
  EXPECT_THAT(apply_step(*through_json(step), booleans({0, 1, kNaN}))[0], ElementsAre(0, 100, 100));
}

}  // namespace
}  // namespace regimetry::features
