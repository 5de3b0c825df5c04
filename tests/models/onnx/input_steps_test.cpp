#include "models/onnx/input_steps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regimetry::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(InputSteps, AreTheRawColumnsThemselvesByDefault) {
  EXPECT_THAT(InputSteps{}.problems(5), IsEmpty());
  EXPECT_EQ(InputSteps{}.column_count(5), 5);
  const InputSteps named{{"a", "b"}, {}};
  EXPECT_THAT(named.problems(2), IsEmpty());
  EXPECT_THAT(named.problems(3), ElementsAre("2 features come in, but the encoder takes 3"));
}

TEST(InputSteps, CountRawColumnsApartFromFeatures) {
  InputSteps steps{{"a", "b", "c"}, {{"y", 2, LineStep{}}}};
  EXPECT_EQ(steps.column_count(1), 3);
  EXPECT_THAT(steps.problems(1), IsEmpty());
  EXPECT_THAT(steps.problems(3), ElementsAre("1 features come in, but the encoder takes 3"));
}

TEST(InputSteps, NameEveryFeatureThatCannotBe) {
  const InputSteps steps{{"a"},
                         {{"far", 1, MatchStep{}},
                          {"flat", 0, LineStep{.divisor = 0}},
                          {"odd", 0, LineStep{.center = kNoNumber}},
                          {"crossed", 0, LineStep{.low = 2, .high = 1}},
                          {"empty", 0, CurveStep{}},
                          {"uneven", 0, CurveStep{.values = {1, 2}, .scores = {1}}},
                          {"falling", 0, CurveStep{.values = {2, 1}, .scores = {1, 2}}},
                          {"wide", 0, CurveStep{.values = {-1.7e308, 1.7e308}, .scores = {1, 2}}}}};
  EXPECT_THAT(steps.problems(8),
              ElementsAre(HasSubstr("'far': is made of column 1 of 1"),
                          HasSubstr("'flat': its values are divided by 0"), HasSubstr("'odd'"),
                          HasSubstr("'crossed': its range goes from 2 to 1"), HasSubstr("'empty'"),
                          HasSubstr("'uneven': its curve has 2 values and 1 scores"), HasSubstr("'falling'"),
                          HasSubstr("'wide'")));
}

}  // namespace
}  // namespace regimetry::models
