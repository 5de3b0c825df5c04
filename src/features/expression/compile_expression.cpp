#include "features/expression/compile_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/lower_case.hpp"
#include "core/nearest_word.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/series/arithmetic.hpp"
#include "features/expression/bind_call.hpp"
#include "features/expression/functions.hpp"
#include "features/operators/missing.hpp"

namespace regimetry::features {

std::optional<double> constant_value(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kNumber:
      return expression.number;
    case Expression::Kind::kNegate:
      if (const auto value = constant_value(expression.arguments[0])) return -*value;
      return std::nullopt;
    case Expression::Kind::kBinary: {
      const auto left = constant_value(expression.arguments[0]),
                 right = constant_value(expression.arguments[1]);
      if (!left || !right) return std::nullopt;
      if (expression.name == "+") return *left + *right;
      if (expression.name == "-") return *left - *right;
      if (expression.name == "*") return *left * *right;
      if (expression.name == "/" && *right != 0) return *left / *right;
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

void require_free_name(const std::string& name) {
  const bool is_taken = find_feature(name) != nullptr || find_expression_function(name) != nullptr ||
                        find_bar_field(name).has_value();
  if (is_taken) {
    throw Error(ErrorKind::kUsage,
                fmt::format("feature '{}': '{}' already means something; give it another name", name, name));
  }
  const bool is_plain =
      !name.empty() && std::all_of(name.begin(), name.end(), is_name_part) && is_name_start(name.front());
  if (!is_plain) {
    throw Error(ErrorKind::kUsage,
                fmt::format("feature '{}': a name is made of letters, digits, '_' and '.', and "
                            "begins with a letter or '_'",
                            name));
  }
}

ExpressionCompiler::ExpressionCompiler(SeriesGraph& graph,
                                       const std::map<std::string, std::string>& definitions,
                                       std::span<const std::string> extra_columns)
    : graph_(graph), definitions_(definitions), extra_columns_(extra_columns) {
  for (const auto& [name, text] : definitions_) {
    require_free_name(name);
    if (is_column(name)) {
      throw Error(ErrorKind::kUsage,
                  fmt::format("feature '{}': the data has a column of that name; give the feature "
                              "another one, or leave the column out (--no-keep-extras)",
                              name));
    }
  }
}

void ExpressionCompiler::fail(const std::string& what) const {
  const std::string by_way_of =
      opened_.empty() ? "" : fmt::format(" (in the definition of '{}')", opened_.back());
  throw Error(ErrorKind::kUsage, fmt::format("feature '{}'{}: {}", feature_, by_way_of, what));
}

Series ExpressionCompiler::compile(const std::string& feature, const Expression& expression) {
  feature_ = feature;
  opened_.clear();
  return compile(expression);
}

Series ExpressionCompiler::compile(const Expression& expression) {
  if (const auto value = constant_value(expression)) return graph_.constant(*value);
  switch (expression.kind) {
    case Expression::Kind::kName:
      return name(expression);
    case Expression::Kind::kCall:
      return call(expression);
    case Expression::Kind::kNegate:
      return scaled(graph_, compile(expression.arguments[0]), -1);
    default:
      return binary(expression);
  }
}

Series ExpressionCompiler::binary(const Expression& expression) {
  const Series a = compile(expression.arguments[0]), b = compile(expression.arguments[1]);
  const std::string& sign = expression.name;
  if (sign == "+") return sum(graph_, a, b);
  if (sign == "-") return difference(graph_, a, b);
  if (sign == "*") return product(graph_, a, b);
  if (sign == "/") {
    return graph_.map("a / b or missing", a, b, [](double x, double y) {
      const double quotient = x / y;
      return y == 0 ? kMissing : quotient;
    });
  }
  const auto compare = [&]<typename Holds>(std::string_view name, Holds /*holds*/) {
    return graph_.map(name, a, b, [](double x, double y) {
      return is_missing(x) || is_missing(y) ? kMissing : Holds{}(x, y) ? 1.0 : 0.0;
    });
  };
  if (sign == "<") return compare("a < b", [](double x, double y) { return x < y; });
  if (sign == "<=") return compare("a <= b", [](double x, double y) { return x <= y; });
  if (sign == ">") return compare("a > b", [](double x, double y) { return x > y; });
  return compare("a >= b", [](double x, double y) { return x >= y; });
}

bool ExpressionCompiler::is_column(const std::string& name) const {
  return std::find(extra_columns_.begin(), extra_columns_.end(), name) != extra_columns_.end();
}

Series ExpressionCompiler::name(const Expression& expression) {
  const std::string& name = expression.name;
  if (expression.is_quoted) {
    if (is_column(name)) return graph_.extra(name);
    if (const auto field = find_bar_field(name)) return graph_.field(*field);
    const std::vector<std::string> known(extra_columns_.begin(), extra_columns_.end());
    const auto near = nearest_word(name, known);
    fail(fmt::format("the data has no numeric column '{}'{}", name,
                     near ? fmt::format("; did you mean `{}`?", *near) : std::string()));
  }
  if (const auto found = definitions_.find(name); found != definitions_.end())
    return definition(found->first, found->second);
  if (const auto field = find_bar_field(name)) return graph_.field(*field);
  if (const FeatureEntry* entry = find_feature(name)) {
    Expression bare = expression;
    bare.kind = Expression::Kind::kCall;
    return indicator(*entry, bare);
  }
  if (is_column(name)) return graph_.extra(name);
  unknown(expression, false);
}

Series ExpressionCompiler::definition(const std::string& name, const std::string& text) {
  if (const auto known = known_definitions_.find(name); known != known_definitions_.end())
    return known->second;
  if (std::find(opened_.begin(), opened_.end(), name) != opened_.end()) {
    std::string circle;
    for (auto it = std::find(opened_.begin(), opened_.end(), name); it != opened_.end(); ++it)
      circle += *it + " -> ";
    fail(fmt::format("the definitions go in a circle: {}{}; define one of them without the others", circle,
                     name));
  }
  opened_.push_back(name);
  Expression parsed;
  try {
    parsed = parse_expression(text);
  } catch (const Error& error) {
    fail(error.what());
  }
  const Series series = compile(parsed);
  opened_.pop_back();
  known_definitions_.emplace(name, series);
  return series;
}

Series ExpressionCompiler::call(const Expression& expression) {
  if (const FeatureEntry* entry = find_feature(expression.name)) return indicator(*entry, expression);
  if (const ExpressionFunction* found = find_expression_function(expression.name))
    return function(*found, expression);
  if (definitions_.contains(expression.name) || find_bar_field(expression.name).has_value() ||
      is_column(expression.name))
    fail(fmt::format("'{}' is a series and takes no arguments; lag({}, n) is its value of n bars ago",
                     expression.name, expression.name));
  unknown(expression, true);
}

Series ExpressionCompiler::indicator(const FeatureEntry& entry, const Expression& expression) {
  const BoundCall call = bind_call(entry, expression);
  if (!call.problem.empty()) fail(call.problem);
  FeatureArguments arguments{call.values, {}};
  if (call.series != nullptr) arguments.series = compile(*call.series);
  return entry.build(graph_, arguments);
}

Series ExpressionCompiler::function(const ExpressionFunction& function, const Expression& expression) {
  if (expression.arguments.size() != function.arguments.size()) {
    std::string words;
    for (const FunctionArgument& argument : function.arguments)
      words += (words.empty() ? "" : ", ") + argument.name;
    fail(fmt::format("write {}({}): {}", function.name, words, function.meaning));
  }
  std::vector<Series> series;
  std::vector<double> numbers;
  for (std::size_t i = 0; i < function.arguments.size(); ++i) {
    const FunctionArgument& argument = function.arguments[i];
    if (!argument.is_number) {
      series.push_back(compile(expression.arguments[i]));
      continue;
    }
    const auto value = constant_value(expression.arguments[i]);
    const bool fits = value && *value >= argument.minimum && *value <= argument.maximum &&
                      (!argument.is_whole || *value == std::floor(*value));
    if (!fits) {
      const bool looks_ahead = value && argument.is_whole && *value < 0;
      fail(fmt::format("'{}' of {} must be {}{}", argument.name, function.name,
                       argument.is_whole
                           ? fmt::format("a whole number from {} to {}", argument.minimum, argument.maximum)
                           : std::string("a number"),
                       looks_ahead ? "; a negative one would look into the future" : ""));
    }
    numbers.push_back(*value);
  }
  return function.build(graph_, series, numbers);
}

std::string ExpressionCompiler::column_words() const {
  constexpr std::size_t kMost = 8;
  if (extra_columns_.empty()) return {};
  std::string words = ", and the data has";
  for (std::size_t i = 0; i < std::min(kMost, extra_columns_.size()); ++i)
    words += fmt::format("{} `{}`", i == 0 ? "" : ",", extra_columns_[i]);
  return words + (extra_columns_.size() > kMost ? ", ..." : "");
}

void ExpressionCompiler::unknown(const Expression& expression, bool is_call) const {
  std::vector<std::string> known;
  for (const FeatureEntry& entry : feature_catalogue()) known.push_back(entry.name);
  for (const ExpressionFunction& function : expression_functions()) known.push_back(function.name);
  if (!is_call) {
    for (const auto& [name, text] : definitions_) known.push_back(name);
    for (const BarField field : kNamedFields) known.emplace_back(bar_field_name(field));
    known.insert(known.end(), extra_columns_.begin(), extra_columns_.end());
  }
  auto near = nearest_word(expression.name, known);
  for (const std::string& one : known) {
    if (lower_case(one) == lower_case(expression.name)) near = one;
  }
  fail(fmt::format(
      "'{}' is not known{}", expression.name,
      near ? fmt::format("; did you mean '{}'?", *near)
           : fmt::format("; 'regimetry features --list' names every indicator{}", column_words())));
}

}  // namespace regimetry::features
