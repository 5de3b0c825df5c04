// The functions of the expression language that are not indicators: arithmetic on a bar's values, looking
// back, and ranking across instruments.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/graph/series_graph.hpp"

namespace regimetry::features {

struct FunctionArgument {
  std::string name;                 // "x", "bars"
  bool is_number = false;           // a plain number, known before any bar; else any expression
  double minimum = 0, maximum = 0;  // of a number, inclusive; bars must be whole
  bool is_whole = false;
};

struct ExpressionFunction {
  std::string name;
  std::string meaning;
  std::vector<FunctionArgument> arguments;
  // series: the arguments that are expressions, in order; numbers: the others, in order.
  std::function<Series(SeriesGraph&, std::span<const Series> series, std::span<const double> numbers)> build;
};

[[nodiscard]] const std::vector<ExpressionFunction>& expression_functions();
[[nodiscard]] const ExpressionFunction* find_expression_function(std::string_view name);

}  // namespace regimetry::features
