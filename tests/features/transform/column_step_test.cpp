#include "features/transform/column_step.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "features/support/step_samples.hpp"

namespace regimetry::features {
namespace {

using testing::HasSubstr;

TEST(ColumnStep, IsMadeForTheKindAndTheMethod) {
  const auto step_of = [](market::ColumnKind kind, TransformMethod method) {
    const std::unique_ptr<ColumnStep> step = make_step(kind, {.method = method});
    fit_step(*step, kind == market::ColumnKind::kCategory ? word_column("x", {"a"})
                                                          : number_column("x", {1, 2}, kind));
    return step->to_json();
  };
  for (const TransformMethod method : {TransformMethod::kStandard, TransformMethod::kMinMax100,
                                       TransformMethod::kRobust, TransformMethod::kRankGauss}) {
    EXPECT_EQ(step_of(market::ColumnKind::kNumber, method)["step"], method_name(method));
    const double yes = method == TransformMethod::kMinMax100 ? 100 : 1;
    EXPECT_EQ(step_of(market::ColumnKind::kBoolean, method)["yes"], yes);
    EXPECT_EQ(step_of(market::ColumnKind::kCategory, method)["yes"], yes);
  }
}

TEST(ColumnStep, RefusesJsonThatIsNone) {
  for (const auto& [text, problem] : std::vector<std::pair<std::string, std::string>>{
           {R"([])", "is not an object"},
           {R"({})", "lacks the key 'step'"},
           {R"({"step": 3})", "step is not a text"},
           {R"({"step": "pickle"})", "unknown step 'pickle'"},
           {R"({"step": "standard", "mean": 1, "deviaton": 2})",
            "unknown key 'deviaton' (did you mean 'deviation'?)"},
           {R"({"step": "standard", "mean": 1})", "lacks the key 'deviation'"},
           {R"({"step": "standard", "mean": null, "deviation": 1})", "mean is not a finite number"},
           {R"({"step": "robust", "center": "1", "range": 1})", "center is not a finite number"},
           {R"({"step": "boolean", "yes": 1, "fill": 1})", "fill is not true or false"},
           {R"({"step": "missing", "fill": 1})", "unknown key 'fill'"}}) {
    const nlohmann::json json = nlohmann::json::parse(text);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)step_from_json(JsonPlace(json, "f.json")); }),
                testing::AllOf(HasSubstr("f.json"), HasSubstr(problem)))
        << text;
  }
}

}  // namespace
}  // namespace regimetry::features
