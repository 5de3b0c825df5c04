#include "cli/onnx_input_steps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/error.hpp"
#include "core/nearest_word.hpp"
#include "core/printable.hpp"

namespace regimetry::cli {
namespace {

using features::FittedTransform;
using features::TransformGroup;
using models::CurveStep;
using models::InputStep;
using models::kNoNumber;
using models::LineStep;
using models::MatchStep;
using nlohmann::json;

const TransformGroup& group_of(const FittedTransform& fitted, const std::string& symbol) {
  if (!fitted.options.per_symbol) {
    if (symbol.empty()) return fitted.groups.front();
    throw Error(
        ErrorKind::kUsage,
        "the transform was fitted on all symbols together, so there is none to pick; leave --symbol out");
  }
  for (const TransformGroup& group : fitted.groups) {
    if (group.symbol == symbol) return group;
  }
  const auto near = nearest_word(symbol, fitted.symbols);
  throw Error(
      ErrorKind::kUsage,
      fmt::format("the transform was fitted per symbol, and a graph holds one of them: --symbol {}",
                  symbol.empty() ? fmt::format("must be one of {}",
                                               printable(fmt::format("{}", fmt::join(fitted.symbols, ", "))))
                  : near         ? fmt::format("'{}' is none of them; did you mean '{}'?", printable(symbol),
                                               printable(*near))
                                 : fmt::format("'{}' is none of {}", printable(symbol),
                                               printable(fmt::format("{}", fmt::join(fitted.symbols, ", "))))));
}

// Missing stays missing where no number stands in for it.
double fill_of(const json& step) {
  return step.contains("fill") ? step["fill"].get<double>() : kNoNumber;
}

// (x - center) / range; a column of one value becomes 0.
LineStep centered_line(const json& step, const char* center, const char* range) {
  LineStep line{.fill = fill_of(step)};
  if (step[range].get<double>() == 0) {
    line.factor = 0;
    return line;
  }
  line.center = step[center].get<double>();
  line.divisor = step[range].get<double>();
  return line;
}

// 0 at the smallest value, 100 at the largest.
LineStep minmax_line(const json& step) {
  constexpr double kTop = 100;
  const auto smallest = step["min"].get<double>(), largest = step["max"].get<double>();
  LineStep line{.fill = fill_of(step)};
  if (smallest == largest) {
    line.factor = 0;
    return line;
  }
  const std::string outside = step["outside"];
  if (outside != "extend") {
    line.low = smallest;
    line.high = largest;
  }
  if (outside == "clip") {
    line.below = smallest;
    line.above = largest;
  }
  line.center = smallest;
  line.divisor = largest - smallest;
  line.factor = kTop;
  return line;
}

CurveStep rank_curve(const json& step) {
  return {fill_of(step), step["values"].get<std::vector<double>>(),
          step["scores"].get<std::vector<double>>()};
}

MatchStep boolean_match(const json& step) {
  MatchStep match;
  match.other = step["yes"].get<float>();
  match.missing = std::numeric_limits<float>::quiet_NaN();
  if (step.contains("fill")) match.missing = step["fill"].get<bool>() ? match.other : 0;
  return match;
}

MatchStep word_match(const json& step, std::size_t place) {
  MatchStep match;
  match.value = static_cast<double>(place);
  match.equal = step["yes"].get<float>();
  match.missing = std::numeric_limits<float>::quiet_NaN();
  if (step.contains("fill")) match.missing = step["fill"] == step["categories"][place] ? match.equal : 0;
  return match;
}

// Takes columns one by one. What a step learned is read from its JSON, the form that docs/transforms.md
// promises; numbers are the same bits there.
class OnnxInputMaker {
 public:
  void add(const std::string& column, const features::ColumnStep& step) {
    const json learned = step.to_json();
    const std::string kind = learned["step"];
    column_ = column;
    if (kind == "missing") refuse_missing();
    input_.steps.columns.push_back(column);
    input_.keeps_missing = input_.keeps_missing || !learned.contains("fill");
    if (kind == "category") {
      add_words(learned, step.output_names(column));
      return;
    }
    add_feature(column, step_of(kind, learned));
  }

  OnnxInput take() { return std::move(input_); }

 private:
  using Step = decltype(InputStep::step);

  [[nodiscard]] Step step_of(const std::string& kind, const json& learned) const {
    if (kind == "standard") return centered_line(learned, "mean", "deviation");
    if (kind == "robust") return centered_line(learned, "center", "range");
    if (kind == "minmax100") return minmax_line(learned);
    if (kind == "rank-gauss") return rank_curve(learned);
    if (kind == "boolean") return boolean_match(learned);
    throw Error(ErrorKind::kInternal,
                fmt::format("column '{}': no graph is known for the step '{}'", printable(column_), kind));
  }

  [[noreturn]] void refuse_missing() const {
    throw Error(
        ErrorKind::kUsage,
        fmt::format("column '{}' had no value to learn from for this symbol, so its feature is always "
                    "missing, and so would every embedding be. Fit the transform without it "
                    "(--exclude-columns), or on all symbols together.",
                    printable(column_)));
  }

  void add_words(const json& learned, const std::vector<std::string>& features) {
    input_.words[column_] = learned["categories"].get<std::vector<std::string>>();
    for (std::size_t place = 0; place < features.size(); ++place)
      add_feature(features[place], word_match(learned, place));
  }

  void add_feature(const std::string& feature, Step step) {
    const auto column = static_cast<std::int64_t>(input_.steps.columns.size()) - 1;
    input_.steps.steps.push_back({feature, column, std::move(step)});
  }

  OnnxInput input_;
  std::string column_;
};

}  // namespace

OnnxInput onnx_input(const FittedTransform& fitted, const std::string& symbol) {
  const TransformGroup& group = group_of(fitted, symbol);
  OnnxInputMaker maker;
  for (std::size_t i = 0; i < fitted.columns.size(); ++i) maker.add(fitted.columns[i].name, *group.steps[i]);
  return maker.take();
}

}  // namespace regimetry::cli
