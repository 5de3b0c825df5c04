#include "features/expression/functions.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/portable_kernels.hpp"
#include "features/catalogue/parameter_kinds.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/catalogue/series/formula_parts.hpp"
#include "features/catalogue/series/ranges.hpp"
#include "features/catalogue/series/returns.hpp"
#include "features/catalogue/series/variances.hpp"

namespace regimetry::features {
namespace {

using SeriesList = std::span<const Series>;
using NumberList = std::span<const double>;

FunctionArgument series(std::string name = "x") {
  return {std::move(name), false, 0, 0, false};
}
FunctionArgument bars(double minimum) {
  return {"bars", true, minimum, kLongestPeriod, true};
}
FunctionArgument number(std::string name) {
  return {std::move(name), true, -1e300, 1e300, false};
}

template <typename Formula>
ExpressionFunction of_one(std::string name, std::string meaning, Formula formula) {
  return {
      name, std::move(meaning), {series()}, [name, formula](SeriesGraph& graph, SeriesList x, NumberList) {
        return graph.map(name, x[0], formula);
      }};
}

ExpressionFunction of_one(std::string name, std::string meaning, Series (*make)(SeriesGraph&, Series)) {
  return {
      std::move(name), std::move(meaning), {series()}, [make](SeriesGraph& graph, SeriesList x, NumberList) {
        return make(graph, x[0]);
      }};
}

template <typename Formula>
ExpressionFunction of_two(std::string name, std::string meaning, Formula formula) {
  return {name,
          std::move(meaning),
          {series("a"), series("b")},
          [name, formula](SeriesGraph& graph, SeriesList x, NumberList) {
            return graph.map(name, x[0], x[1], formula);
          }};
}

std::vector<ExpressionFunction> pointwise_functions() {
  return {
      of_one("abs", "the size of x without its sign", size_of),
      of_one("sign", "-1, 0 or 1", sign),
      of_one("sqrt", "square root; missing below 0",
             [](double x) { return x < 0 ? kMissing : std::sqrt(x); }),
      of_one("log", "natural logarithm; missing at 0 and below", log_of),
      of_one("exp", "e to the power of x", [](double x) { return regimetry::detail::exp_kernel(x); }),
      of_two("min", "the smaller of two", [](double a, double b) { return smaller(a, b); }),
      of_two("max", "the larger of two", [](double a, double b) { return larger(a, b); }),
      {"clip",
       "x, but never below the first number nor above the second",
       {series(), number("lowest"), number("highest")},
       [](SeriesGraph& graph, SeriesList x, NumberList limits) {
         if (limits[0] > limits[1]) {
           throw Error(ErrorKind::kUsage,
                       fmt::format("clip: the lowest value, {}, is above the highest, {}; exchange them",
                                   limits[0], limits[1]));
         }
         return limited_to(graph, x[0], limits[0], limits[1]);
       }},
      {"if",
       "the second value where the first is not 0, else the third",
       {series("condition"), series("a"), series("b")},
       [](SeriesGraph& graph, SeriesList x, NumberList) {
         return graph.map("if", std::array{x[0], x[1], x[2]}, [](double condition, double a, double b) {
           return is_missing(condition) ? condition : condition != 0 ? a : b;
         });
       }},
      {"fill",
       "x, or the number where x is missing; warm-up bars are filled too",
       {series(), number("value")},
       [](SeriesGraph& graph, SeriesList x, NumberList values) {
         return graph.map(
             "fill", x[0], [](double one, double value) { return is_missing(one) ? value : one; }, values[0]);
       }},
  };
}

std::vector<ExpressionFunction> looking_back_functions() {
  return {
      {"lag",
       "the value of so many bars ago",
       {series(), bars(1)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return value_before(graph, x[0], static_cast<int>(n[0]));
       }},
      {"diff",
       "x less its value of so many bars ago",
       {series(), bars(1)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return change_over(graph, x[0], static_cast<int>(n[0]));
       }},
      {"deviation",
       "population deviation of the last values",
       {series(), bars(2)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return population_deviation(graph, x[0], static_cast<int>(n[0]));
       }},
      {"zscore",
       "how many population deviations x stands above its mean of the last values; 0 when they are all equal",
       {series(), bars(2)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return standard_score_of(graph, x[0], static_cast<int>(n[0]));
       }},
      {"highest",
       "the highest of the last values",
       {series(), bars(1)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return highest(graph, x[0], static_cast<int>(n[0]));
       }},
      {"lowest",
       "the lowest of the last values",
       {series(), bars(1)},
       [](SeriesGraph& graph, SeriesList x, NumberList n) {
         return lowest(graph, x[0], static_cast<int>(n[0]));
       }},
  };
}

ExpressionFunction across(AcrossKind kind, std::string meaning) {
  return {std::string(across_kind_name(kind)),
          std::move(meaning),
          {series()},
          [kind](SeriesGraph& graph, SeriesList x, NumberList) { return graph.across(kind, x[0]); }};
}

std::vector<ExpressionFunction> all_functions() {
  std::vector<ExpressionFunction> all = pointwise_functions();
  for (auto& function : looking_back_functions()) all.push_back(std::move(function));
  all.push_back(
      across(AcrossKind::kRank,
             "share of the other instruments below at the same stamp, ties count half; 0.5 when alone"));
  all.push_back(across(AcrossKind::kMean, "mean over all instruments at the same stamp"));
  all.push_back(
      across(AcrossKind::kDeviation, "population deviation over all instruments at the same stamp"));
  all.push_back(
      across(AcrossKind::kSectorMean,
             "mean over the instruments of the same sector at the same stamp; missing while in no sector"));
  return all;
}

}  // namespace

const std::vector<ExpressionFunction>& expression_functions() {
  static const std::vector<ExpressionFunction> functions = all_functions();
  return functions;
}

const ExpressionFunction* find_expression_function(std::string_view name) {
  for (const ExpressionFunction& function : expression_functions()) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

}  // namespace regimetry::features
