#include "features/transform/minmax_step.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/step_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(MinMaxStep, PutsTheFittedRangeOnZeroToHundred) {
  MinMaxStep step(MissingPolicy::kImpute, OutsidePolicy::kClip);
  fit_step(step, number_column("x", {4, kNaN, 2, 6, -INFINITY}));
  EXPECT_THAT(scaled(step, {2, 3, 6, kNaN}), ElementsAre(0, 25, 100, 50));
}

TEST(MinMaxStep, FollowsThePolicyOutside) {
  const auto outside = [](OutsidePolicy policy, StepCounts* counts) {
    MinMaxStep step(MissingPolicy::kImpute, policy);
    fit_step(step, number_column("x", {2, 6}));
    return scaled(step, {0, 10, 4}, counts);
  };
  StepCounts counts;
  EXPECT_THAT(outside(OutsidePolicy::kClip, &counts), ElementsAre(0, 100, 50));
  EXPECT_EQ(counts.outside, 2);
  EXPECT_THAT(outside(OutsidePolicy::kExtend, &counts), ElementsAre(-50, 200, 50));
  const std::vector<float> missing = outside(OutsidePolicy::kMissing, &counts);
  EXPECT_TRUE(std::isnan(missing[0]) && std::isnan(missing[1]));
  EXPECT_EQ(missing[2], 50.0F);
}

TEST(MinMaxStep, MakesAConstantColumnZeroUnderEveryPolicy) {
  for (const OutsidePolicy policy : {OutsidePolicy::kClip, OutsidePolicy::kExtend, OutsidePolicy::kMissing}) {
    MinMaxStep step(MissingPolicy::kImpute, policy);
    EXPECT_TRUE(fit_step(step, number_column("x", {3, 3})).is_constant);
    EXPECT_THAT(scaled(step, {3, 9, -9}), ElementsAre(0, 0, 0));
  }
}

TEST(MinMaxStep, ScalesTheWholeRangeOfDouble) {
  MinMaxStep step(MissingPolicy::kImpute, OutsidePolicy::kClip);
  fit_step(step, number_column("x", {-1.7e308, 1.7e308}));
  EXPECT_THAT(scaled(step, {-1.7e308, 0, 1.7e308}), ElementsAre(0, 50, 100));
}

TEST(MinMaxStep, ComesBackFromJsonToTheBit) {
  MinMaxStep step(MissingPolicy::kKeep, OutsidePolicy::kExtend);
  fit_step(step, number_column("x", {0.1, 1.0 / 3}));
  EXPECT_EQ(scaled(*through_json(step), {0.2, -7, 9}), scaled(step, {0.2, -7, 9}));
  EXPECT_TRUE(std::isnan(scaled(*through_json(step), {kNaN})[0]));
}

TEST(MinMaxStep, RefusesDamagedJson) {
  nlohmann::json json = {{"step", "minmax100"}, {"min", 2.0}, {"max", 1.0}, {"outside", "clip"}};
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f")); }),
              HasSubstr("max is below its min"));
  json["outside"] = "wrap";
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f")); }),
              HasSubstr("outside is 'wrap'"));
}

}  // namespace
}  // namespace regimetry::features
