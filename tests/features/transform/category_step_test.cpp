#include "features/transform/category_step.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/step_samples.hpp"

namespace regimetry::features {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CategoryStep, HasOneOutputPerWordInSortedOrder) {
  CategoryStep step(MissingPolicy::kImpute, 1);
  fit_step(step, word_column("color", {"red", "blue", "red", "Zinc"}));
  EXPECT_THAT(step.output_names("color"), ElementsAre("color=Zinc", "color=blue", "color=red"));
  const auto outputs = apply_step(step, word_column("color", {"blue", "red", "Zinc"}));
  EXPECT_THAT(outputs[0], ElementsAre(0, 0, 1));
  EXPECT_THAT(outputs[1], ElementsAre(1, 0, 0));
  EXPECT_THAT(outputs[2], ElementsAre(0, 1, 0));
}

TEST(CategoryStep, MakesUnknownWordsZerosAndCountsThem) {
  CategoryStep step(MissingPolicy::kImpute, 1);
  fit_step(step, word_column("color", {"red", "blue"}));
  StepCounts counts;
  const auto outputs = apply_step(step, word_column("color", {"green", "red", "Red"}), &counts);
  EXPECT_THAT(outputs[0], ElementsAre(0, 0, 0));
  EXPECT_THAT(outputs[1], ElementsAre(0, 1, 0));
  EXPECT_EQ(counts.unknown, 2);
}

TEST(CategoryStep, ImputesTheMostFrequentWord) {
  CategoryStep step(MissingPolicy::kImpute, 1);
  fit_step(step, word_column("color", {"red", "blue", "", "red"}));
  EXPECT_THAT(apply_step(step, word_column("color", {""}))[1], ElementsAre(1));
  fit_step(step, word_column("color", {"red", "blue"}));  // of equals the first in order
  EXPECT_THAT(apply_step(step, word_column("color", {""}))[0], ElementsAre(1));
}

TEST(CategoryStep, KeepsMissingWordsOnRequest) {
  CategoryStep step(MissingPolicy::kKeep, 1);
  fit_step(step, word_column("color", {"red", "blue"}));
  const auto outputs = apply_step(step, word_column("color", {""}));
  EXPECT_TRUE(std::isnan(outputs[0][0]) && std::isnan(outputs[1][0]));
}

TEST(CategoryStep, FitsTheFillAlone) {
  CategoryStep step(MissingPolicy::kImpute, 1);
  fit_step(step, word_column("color", {"red", "blue", "red"}));
  const market::Column own = word_column("color", {"blue"});
  const market::ColumnView view = market::view_of(own);
  const ColumnRows rows{&view, 1};
  step.fit_fill(std::span(&rows, 1));
  EXPECT_THAT(step.categories(), ElementsAre("blue", "red"));
  EXPECT_THAT(apply_step(step, word_column("color", {""}))[0], ElementsAre(1));
}

TEST(CategoryStep, ComesBackFromJson) {
  CategoryStep step(MissingPolicy::kImpute, 100);
  fit_step(step, word_column("color", {"red", "Zürich, or \"so\"", "red", "\n"}));
  const market::Column words = word_column("color", {"", "Zürich, or \"so\"", "\n"});
  EXPECT_EQ(apply_step(*through_json(step), words), apply_step(step, words));
}

TEST(CategoryStep, RefusesDamagedJson) {
  nlohmann::json json = {{"step", "category"}, {"yes", 1.0}, {"categories", {"b", "a"}}};
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f")); }),
              HasSubstr("categories is empty or not sorted"));
  json["categories"] = {"a", "b"};
  json["fill"] = "c";
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f")); }),
              HasSubstr("fill is none of its categories"));
}

}  // namespace
}  // namespace regimetry::features
