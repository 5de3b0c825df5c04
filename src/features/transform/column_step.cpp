#include "features/transform/column_step.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "features/transform/boolean_step.hpp"
#include "features/transform/category_step.hpp"
#include "features/transform/minmax_step.hpp"
#include "features/transform/missing_step.hpp"
#include "features/transform/rank_gauss_step.hpp"
#include "features/transform/robust_step.hpp"
#include "features/transform/standard_step.hpp"

namespace regimetry::features {
namespace {

std::unique_ptr<ColumnStep> make_number_step(const TransformOptions& options) {
  switch (options.method) {
    case TransformMethod::kStandard:
      return std::make_unique<StandardStep>(options.missing);
    case TransformMethod::kMinMax100:
      return std::make_unique<MinMaxStep>(options.missing, options.outside);
    case TransformMethod::kRobust:
      return std::make_unique<RobustStep>(options.missing);
    case TransformMethod::kRankGauss:
      break;
  }
  return std::make_unique<RankGaussStep>(options.missing, options.max_knots);
}

}  // namespace

StepCounts& StepCounts::operator+=(const StepCounts& other) noexcept {
  missing += other.missing;
  infinite += other.infinite;
  outside += other.outside;
  unknown += other.unknown;
  return *this;
}

std::vector<std::string> ColumnStep::output_names(const std::string& column) const {
  return {column};
}

std::unique_ptr<ColumnStep> make_step(market::ColumnKind kind, const TransformOptions& options) {
  // Beside features of 0 to 100, a yes that is 1 would not be seen.
  const double yes = options.method == TransformMethod::kMinMax100 ? 100 : 1;
  switch (kind) {
    case market::ColumnKind::kNumber:
      return make_number_step(options);
    case market::ColumnKind::kBoolean:
      return std::make_unique<BooleanStep>(options.missing, yes);
    case market::ColumnKind::kCategory:
      return std::make_unique<CategoryStep>(options.missing, yes);
    case market::ColumnKind::kTime:
      break;
  }
  throw Error(ErrorKind::kInternal, "a column of times reached a transform");
}

std::unique_ptr<ColumnStep> step_from_json(const JsonPlace& json) {
  const std::string step = json.at("step").text();
  if (step == "standard") return StandardStep::from_json(json);
  if (step == "minmax100") return MinMaxStep::from_json(json);
  if (step == "robust") return RobustStep::from_json(json);
  if (step == "rank-gauss") return RankGaussStep::from_json(json);
  if (step == "boolean") return BooleanStep::from_json(json);
  if (step == "category") return CategoryStep::from_json(json);
  if (step == "missing") return MissingStep::from_json(json);
  json.fail(fmt::format("has the unknown step '{}'", printable(step)));
}

}  // namespace regimetry::features
