#include "features/transform/standard_step.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/step_samples.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;

TEST(StandardStep, TakesMeanAndDeviationAfterImputation) {
  StandardStep step(MissingPolicy::kImpute);
  const ColumnFacts facts = fit_step(step, number_column("x", {1, kNaN, 2, 9, INFINITY}));
  EXPECT_EQ(facts.rows, 5);
  EXPECT_EQ(facts.missing, 1);
  EXPECT_EQ(facts.infinite, 1);
  const std::vector<long double> imputed{1, 2, 2, 9, 2};  // the median 2 stands in twice
  EXPECT_DOUBLE_EQ(step.mean(), static_cast<double>(plain_mean(imputed)));
  EXPECT_DOUBLE_EQ(step.deviation(), static_cast<double>(plain_deviation(imputed)));
  EXPECT_EQ(step.fill(), 2);
}

TEST(StandardStep, ScalesLaterRowsByWhatItLearned) {
  StandardStep step(MissingPolicy::kImpute);
  fit_step(step, number_column("x", {1, 3}));  // mean 2, deviation 1
  StepCounts counts;
  EXPECT_THAT(scaled(step, {1000, kNaN, -INFINITY, 2.5}, &counts), ElementsAre(998, 0, 0, 0.5));
  EXPECT_EQ(counts.missing, 1);
  EXPECT_EQ(counts.infinite, 1);
}

TEST(StandardStep, KeepsMissingValuesOnRequest) {
  StandardStep step(MissingPolicy::kKeep);
  fit_step(step, number_column("x", {1, kNaN, 3}));
  EXPECT_EQ(step.mean(), 2);
  EXPECT_EQ(step.deviation(), 1);
  const std::vector<float> values = scaled(step, {kNaN, INFINITY, 3});
  EXPECT_TRUE(std::isnan(values[0]) && std::isnan(values[1]));
  EXPECT_EQ(values[2], 1.0F);
}

TEST(StandardStep, MakesAConstantColumnZero) {
  StandardStep step(MissingPolicy::kImpute);
  EXPECT_TRUE(fit_step(step, number_column("x", std::vector<double>(7, 0.1))).is_constant);
  EXPECT_THAT(scaled(step, {0.1, 5, kNaN}), ElementsAre(0, 0, 0));
}

TEST(StandardStep, ForgetsAnEarlierFit) {
  StandardStep step(MissingPolicy::kImpute);
  fit_step(step, number_column("x", {100, 200, 900}));
  fit_step(step, number_column("x", {1, 3}));
  EXPECT_EQ(step.mean(), 2);
  EXPECT_EQ(step.fill(), 2);
}

TEST(StandardStep, ComesBackFromJsonToTheBit) {
  StandardStep step(MissingPolicy::kImpute);
  fit_step(step, number_column("x", {0.1, 1.0 / 3, kNaN, 1e-300, 2e17}));
  const std::vector<double> values{0.1, kNaN, 1e16, -1e-5};
  EXPECT_EQ(scaled(*through_json(step), values), scaled(step, values));
}

TEST(StandardStep, RefusesANegativeDeviation) {
  const nlohmann::json json = {{"step", "standard"}, {"mean", 0.0}, {"deviation", -1.0}};
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f.json")); }),
              testing::HasSubstr("f.json: deviation is negative"));
}

}  // namespace
}  // namespace regimetry::features
