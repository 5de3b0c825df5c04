#include "features/transform/robust_step.hpp"

#include <gmock/gmock.h>

#include "features/support/step_samples.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;

TEST(RobustStep, ScalesByMedianAndInterquartileRange) {
  RobustStep step(MissingPolicy::kImpute);
  fit_step(step, number_column("x", {1, 2, 3, kNaN}));  // median 2, quartiles 1.5 and 2.5
  EXPECT_EQ(step.center(), 2);
  EXPECT_EQ(step.range(), 1);
  EXPECT_THAT(scaled(step, {1000, kNaN, 2.5}), ElementsAre(998, 0, 0.5));
}

TEST(RobustStep, AgreesWithTheDefinitionForAnySample) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const RawFeatures raw = random_raw(1, 7 + static_cast<std::int64_t>(seed) * 3, seed);
    const market::Column& column = raw.instruments[0].columns[1];
    RobustStep step(MissingPolicy::kImpute);
    fit_step(step, column);
    const auto present = present_of(column.numbers);
    const long double center = plain_quantile(present, 0.5L);
    const long double range = plain_quantile(present, 0.75L) - plain_quantile(present, 0.25L);
    EXPECT_NEAR(step.center(), static_cast<double>(center), 1e-12 * static_cast<double>(std::abs(center)));
    EXPECT_NEAR(step.range(), static_cast<double>(range), 1e-12 * static_cast<double>(range));
  }
}

TEST(RobustStep, FallsBackToTheDeviationWhereQuartilesAreEqual) {
  RobustStep step(MissingPolicy::kImpute);
  const ColumnFacts facts = fit_step(step, number_column("x", {0, 0, 0, 0, 0, 0, 0, 0, 0, 10}));
  EXPECT_TRUE(facts.has_no_quartile_spread);
  EXPECT_FALSE(facts.is_constant);
  EXPECT_DOUBLE_EQ(step.range(), 3);  // sqrt(.1 * 9^2 + .9 * 1^2)
}

TEST(RobustStep, MakesAConstantColumnZero) {
  RobustStep step(MissingPolicy::kImpute);
  const ColumnFacts facts = fit_step(step, number_column("x", {5, 5, 5}));
  EXPECT_TRUE(facts.is_constant);
  EXPECT_FALSE(facts.has_no_quartile_spread);
  EXPECT_THAT(scaled(step, {5, 6}), ElementsAre(0, 0));
}

TEST(RobustStep, ComesBackFromJsonToTheBit) {
  RobustStep step(MissingPolicy::kImpute);
  fit_step(step, number_column("x", {0.1, 0.2, 1.0 / 3, kNaN, 9}));
  EXPECT_EQ(scaled(*through_json(step), {0.7, kNaN}), scaled(step, {0.7, kNaN}));
}

}  // namespace
}  // namespace regimetry::features
