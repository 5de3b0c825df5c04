#include "models/onnx/input_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/printable.hpp"

namespace regimetry::models {
namespace {

std::string problem_of(const LineStep& line) {
  if (!std::isfinite(line.center) || !std::isfinite(line.factor)) return "its line is not finite";
  if (!std::isfinite(line.divisor) || line.divisor == 0)
    return fmt::format("its values are divided by {}", line.divisor);
  if (!(line.low <= line.high)) return fmt::format("its range goes from {} to {}", line.low, line.high);
  return "";
}

std::string problem_of(const CurveStep& curve) {
  const std::vector<double>& values = curve.values;
  if (values.empty() || values.size() != curve.scores.size())
    return fmt::format("its curve has {} values and {} scores", values.size(), curve.scores.size());
  if (std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) != values.end())
    return "the values of its curve do not rise";
  // Beyond that a difference of two values is infinite, and so is the way between them.
  if (!std::isfinite(values.back() - values.front())) return "its curve is wider than a double can say";
  return "";
}

std::string problem_of(const MatchStep& /*match*/) {
  return "";
}

}  // namespace

std::int64_t InputSteps::column_count(std::int64_t feature_count) const noexcept {
  return steps.empty() ? feature_count : static_cast<std::int64_t>(columns.size());
}

std::vector<std::string> InputSteps::problems(std::int64_t feature_count) const {
  std::vector<std::string> found;
  const auto have = static_cast<std::int64_t>(steps.empty() ? columns.size() : steps.size());
  if (have != feature_count && !(steps.empty() && columns.empty()))
    found.push_back(fmt::format("{} features come in, but the encoder takes {}", have, feature_count));
  for (const InputStep& step : steps) {
    const auto complain = [&](const std::string& problem) {
      if (!problem.empty())
        found.push_back(fmt::format("feature '{}': {}", printable(step.feature), problem));
    };
    if (step.column < 0 || step.column >= static_cast<std::int64_t>(columns.size()))
      complain(fmt::format("is made of column {} of {}", step.column, columns.size()));
    complain(std::visit([](const auto& one) { return problem_of(one); }, step.step));
  }
  return found;
}

}  // namespace regimetry::models
