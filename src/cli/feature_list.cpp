#include "cli/feature_list.hpp"

#include <fmt/format.h>

#include "cli/text_layout.hpp"
#include "cli/text_table.hpp"
#include "features/catalogue/catalogue.hpp"
#include "features/catalogue/catalogue_page.hpp"
#include "features/expression/functions.hpp"
#include "features/sets/built_in_sets.hpp"

namespace regimetry::cli {

using namespace regimetry::features;

std::string catalogue_list() {
  std::string text;
  std::string group;
  TextTable table({"", "warm-up", "range", "kind", "meaning"});
  const auto finish_group = [&] {
    if (!group.empty()) text += fmt::format("{}\n{}\n", group, table.text());
  };
  for (const FeatureEntry& entry : feature_catalogue()) {
    if (entry.group != group) {
      finish_group();
      group = entry.group;
      table = TextTable({"indicator", "warm-up", "range", "kind", "meaning"});
      table.align_right({1});
    }
    table.add({signature(entry), warmup_words(entry), entry.range, std::string(scale_name(entry.scale)),
               entry.meaning});
  }
  finish_group();

  TextTable functions({"function", "value"});
  for (const ExpressionFunction& function : expression_functions()) {
    std::string arguments;
    for (const FunctionArgument& argument : function.arguments)
      arguments += (arguments.empty() ? "" : ", ") + argument.name;
    functions.add({fmt::format("{}({})", function.name, arguments), function.meaning});
  }
  TextTable sets({"set", "features", "meaning"});
  sets.align_right({1});
  for (const BuiltInSet& set : built_in_sets())
    sets.add({set.name, fmt::format("{}", set.features.size()), set.meaning});
  text += "functions of expressions\n" + functions.text() + "\nsets\n" + sets.text();
  return text + "\nFormulas, parameters and units: docs/features.md, or --list --markdown.\n";
}

nlohmann::json catalogue_json() {
  nlohmann::json indicators = nlohmann::json::array();
  for (const FeatureEntry& entry : feature_catalogue()) {
    nlohmann::json parameters = nlohmann::json::array();
    for (const FeatureParameter& parameter : entry.parameters) {
      parameters.push_back({{"name", parameter.name},
                            {"default", parameter.default_value},
                            {"minimum", parameter.minimum},
                            {"maximum", parameter.maximum},
                            {"whole", parameter.is_whole},
                            {"meaning", parameter.meaning}});
    }
    indicators.push_back({{"name", entry.name},
                          {"group", entry.group},
                          {"meaning", entry.meaning},
                          {"formula", entry.formula},
                          {"unit", entry.unit},
                          {"range", entry.range},
                          {"kind", std::string(scale_name(entry.scale))},
                          {"takes_series", entry.input == FeatureInput::kSeries},
                          {"warmup", default_warmup(entry)},
                          {"warmup_is_fixed", entry.has_fixed_warmup},
                          {"parameters", std::move(parameters)}});
  }
  nlohmann::json functions = nlohmann::json::array();
  for (const ExpressionFunction& function : expression_functions()) {
    nlohmann::json arguments = nlohmann::json::array();
    for (const FunctionArgument& argument : function.arguments) arguments.push_back(argument.name);
    functions.push_back(
        {{"name", function.name}, {"arguments", std::move(arguments)}, {"meaning", function.meaning}});
  }
  nlohmann::json sets = nlohmann::json::array();
  for (const BuiltInSet& set : built_in_sets())
    sets.push_back({{"name", set.name}, {"meaning", set.meaning}, {"features", set.features}});
  return {
      {"indicators", std::move(indicators)}, {"functions", std::move(functions)}, {"sets", std::move(sets)}};
}

}  // namespace regimetry::cli
