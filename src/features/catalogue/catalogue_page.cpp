#include "features/catalogue/catalogue_page.hpp"

#include <fmt/format.h>

#include "features/catalogue/catalogue.hpp"
#include "features/expression/functions.hpp"
#include "features/sets/built_in_sets.hpp"
#include "features/sets/feature_set.hpp"

namespace regimetry::features {
namespace {

// Cells of a Markdown table end at a bar.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
  return safe;
}

std::string parameter_words(const FeatureEntry& entry) {
  std::string words;
  for (const FeatureParameter& parameter : entry.parameters) {
    words += fmt::format("{}`{}`: {}, {} to {}", words.empty() ? "" : "; ", parameter.name, parameter.meaning,
                         parameter.minimum, parameter.maximum);
  }
  return words;
}

std::string needs_words(const FeatureEntry& entry) {
  SeriesGraph graph;
  FeatureArguments arguments;
  for (const FeatureParameter& parameter : entry.parameters)
    arguments.values.push_back(parameter.default_value);
  std::string words;
  for (const std::string& column : graph.columns_of(entry.build(graph, arguments)))
    words += (words.empty() ? "" : ", ") + (column == "time" ? std::string("time stamp") : column);
  return words + (entry.input == FeatureInput::kSeries ? ", or any series given first" : "");
}

std::string entry_section(const FeatureEntry& entry) {
  std::string text = fmt::format("### {}\n\n{}\n\n", entry.name, entry.meaning);
  text += fmt::format("- Call: `{}`\n- Formula: {}\n", signature(entry), entry.formula);
  if (!entry.parameters.empty()) text += fmt::format("- Parameters: {}\n", parameter_words(entry));
  text += fmt::format("- Unit: {}; range: {}; {}\n", entry.unit, entry.range, scale_name(entry.scale));
  text += fmt::format("- Reads: {}; bars before the first value: {}\n\n", needs_words(entry),
                      warmup_words(entry));
  return text;
}

std::string sets_section() {
  std::string text = "## Sets\n\n";
  for (const BuiltInSet& set : built_in_sets()) {
    FeatureSpecification specification;
    specification.sets = {set.name};
    const FeatureSet compiled(specification);
    text += fmt::format("**{}** ({} features, {} bars before all have a value): {}.\n\n", set.name,
                        compiled.features().size(), compiled.warmup(), set.meaning);
    text += "    ";
    std::size_t column = 0;
    for (const std::string& feature : set.features) {
      if (column + feature.size() > 100) {
        text += "\n    ";
        column = 0;
      }
      text += feature + (&feature == &set.features.back() ? "" : ", ");
      column += feature.size() + 2;
    }
    text += "\n\n";
  }
  return text;
}

std::string functions_section() {
  std::string text =
      "## Expressions\n\nIndicators are called by name, with parameters in order or by name: `rsi(14)`, "
      "`ema_ratio(fast=5, slow=20)`; `rsi` alone takes the defaults. Those that work on a series take "
      "another one first: "
      "`rsi(volume, 14)`, `sma(rsi(14), 5)`. They combine with `+ - * / < <= > >=`, parentheses, numbers, "
      "the fields `open high low "
      "close volume`, further numeric columns of the data by name (in backticks when the name is not a plain "
      "word: "
      "`` `Adj Close` ``), and these functions. A comparison is 1 or 0; a division by 0 is missing; what is "
      "made from a missing value is "
      "missing.\n\n"
      "Names of your own stand in a configuration file and can be used in one another:\n\n"
      "```yaml\nfeatures: [\"rsi(14)\", spread, calm]\ndefine:\n  spread: ema(12) - ema(26)\n  calm: "
      "zscore(spread, 60) < 1\n```\n\n"
      "| function | value |\n| --- | --- |\n";
  for (const ExpressionFunction& function : expression_functions()) {
    std::string arguments;
    for (const FunctionArgument& argument : function.arguments)
      arguments += (arguments.empty() ? "" : ", ") + argument.name;
    text += fmt::format("| `{}({})` | {} |\n", function.name, arguments, cell(function.meaning));
  }
  return text + "\n";
}

}  // namespace

std::string signature(const FeatureEntry& entry) {
  std::string words = entry.input == FeatureInput::kSeries ? "[series]" : "";
  for (const FeatureParameter& parameter : entry.parameters)
    words += fmt::format("{}{} = {}", words.empty() ? "" : ", ", parameter.name, parameter.default_value);
  return fmt::format("{}({})", entry.name, words);
}

std::int64_t default_warmup(const FeatureEntry& entry) {
  SeriesGraph graph;
  FeatureArguments arguments;
  for (const FeatureParameter& parameter : entry.parameters)
    arguments.values.push_back(parameter.default_value);
  return graph.warmup(entry.build(graph, arguments));
}

std::string warmup_words(const FeatureEntry& entry) {
  return fmt::format("{}{}", default_warmup(entry),
                     entry.has_fixed_warmup ? "" : ", and until the first swing");
}

std::string_view scale_name(FeatureScale scale) noexcept {
  switch (scale) {
    case FeatureScale::kStationary:
      return "stationary";
    case FeatureScale::kLevel:
      return "level";
    case FeatureScale::kOfInput:
      break;
  }
  return "as its input";
}

std::string catalogue_page() {
  std::string text =
      "# Features\n\nMade by `regimetry features --list --markdown` from the catalogue itself; do not "
      "edit.\n\n"
      "A feature's value at a bar is made from that bar and those before it, and from nothing later "
      "(`regimetry audit lookahead` proves it). Inside its warm-up it is missing, never a guess. "
      "*Stationary* features do not follow the "
      "level of the price; *level* features do, and regimes made from them may merely follow it.\n\n";
  text += sets_section() + functions_section();
  std::string group;
  for (const FeatureEntry& entry : feature_catalogue()) {
    if (entry.group != group) {
      group = entry.group;
      text += fmt::format("## Group: {}\n\n", group);
    }
    text += entry_section(entry);
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace regimetry::features
