#include "features/support/stated_range.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "features/expression/expression.hpp"

namespace regimetry::features::testing {
namespace {

// A bound such as "-sqrt(n - 1)" in numbers.
class BoundReader {
 public:
  BoundReader(const FeatureEntry& entry, const std::vector<double>& parameters)
      : entry_(entry), parameters_(parameters) {}

  [[nodiscard]] double read(std::string_view text) const { return value(parse_expression(text)); }

 private:
  [[nodiscard]] double value(const Expression& bound) const {
    switch (bound.kind) {
      case Expression::Kind::kNumber:
        return bound.number;
      case Expression::Kind::kName:
        return parameter(bound.name);
      case Expression::Kind::kNegate:
        return -value(bound.arguments[0]);
      case Expression::Kind::kCall:
        if (bound.name == "sqrt") return std::sqrt(value(bound.arguments[0]));
        if (bound.name == "log") return std::log(value(bound.arguments[0]));
        break;
      case Expression::Kind::kBinary:
        if (bound.name == "-") return value(bound.arguments[0]) - value(bound.arguments[1]);
        if (bound.name == "/") return value(bound.arguments[0]) / value(bound.arguments[1]);
        break;
    }
    throw std::invalid_argument(entry_.name + ": cannot read the bound '" + bound.name + "'");
  }
  [[nodiscard]] double parameter(const std::string& name) const {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (entry_.parameters[i].name == name || (i == 0 && name == "n")) return parameters_[i];
    }
    throw std::invalid_argument(entry_.name + ": its range names no parameter '" + name + "'");
  }

  const FeatureEntry& entry_;
  const std::vector<double>& parameters_;
};

// The text up to the words that may follow an open range.
std::string_view before_words(std::string_view text) {
  return text.substr(0, std::min(text.find(','), text.find(" for ")));
}

}  // namespace

bool StatedRange::holds(double value) const {
  if (!only.empty()) return std::find(only.begin(), only.end(), value) != only.end();
  return value >= lowest && value <= highest && !(excludes_lowest && value == lowest) &&
         !(excludes_highest && value == highest);
}

StatedRange stated_range(const FeatureEntry& entry, const std::vector<double>& parameters) {
  const BoundReader bounds(entry, parameters);
  const std::string_view text = entry.range;
  StatedRange range;
  if (before_words(text) == "any") return range;
  if (text.starts_with(">= ") || text.starts_with("> ")) {
    range.excludes_lowest = text[1] != '=';
    range.lowest = bounds.read(before_words(text.substr(range.excludes_lowest ? 2 : 3)));
    return range;
  }
  if (text.starts_with("<= ")) {
    range.highest = bounds.read(before_words(text.substr(3)));
    return range;
  }
  if (text.size() < 2)
    throw std::invalid_argument(entry.name + ": cannot read the range '" + entry.range + "'");
  const std::string_view inner = text.substr(1, text.size() - 2);
  std::vector<double> values;
  for (const std::string& part : split_expressions(inner)) values.push_back(bounds.read(part));
  if (text.front() == '{' && text.back() == '}' && !values.empty()) {
    range.only = values;
    range.lowest = *std::min_element(values.begin(), values.end());
    range.highest = *std::max_element(values.begin(), values.end());
    return range;
  }
  const bool is_interval =
      (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
  if (!is_interval || values.size() != 2)
    throw std::invalid_argument(entry.name + ": cannot read the range '" + entry.range + "'");
  range.lowest = values[0];
  range.highest = values[1];
  range.excludes_lowest = text.front() == '(';
  range.excludes_highest = text.back() == ')';
  return range;
}

}  // namespace regimetry::features::testing
