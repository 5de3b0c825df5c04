// Two small commands and a catalogue of them, for tests of everything between argv and run().
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/common_settings.hpp"
#include "cli/resolve_settings.hpp"
#include "cli/setting_catalog.hpp"

namespace regimetry::cli {

enum class Fruit { kApple, kPear, kPlum };

struct BakeOptions {
  std::vector<std::string> inputs;
  std::filesystem::path output;
  int window_size = 30;
  double heat = 1.5;
  bool is_sweet = true;
  bool dry_run = false;
  std::string country = "DE";
  std::optional<std::string> symbol;
  std::optional<double> limit;
  std::vector<std::string> columns;
  std::vector<double> weights;
  std::vector<std::filesystem::path> extras;
  std::map<std::string, std::string> names;
  Fruit fruit = Fruit::kApple;
  std::optional<Fruit> topping;
};

class BakeCommand final : public Command {
 public:
  explicit BakeCommand(BakeOptions& options) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "bake"; }
  [[nodiscard]] std::string_view summary() const override { return "bake something"; }
  [[nodiscard]] std::string_view description() const override { return "Bakes what it is given."; }
  [[nodiscard]] std::vector<std::string> examples() const override {
    return {"regimetry bake dough -o cake"};
  }
  void declare(SettingSchema& schema) override {
    schema.add("inputs", options_.inputs, "What to bake",
               {.placeholder = "INPUT", .positional = true, .required = true});
    schema.add("output", options_.output, "Where to put it", {.short_flag = 'o'});
    schema.add("window_size", options_.window_size, "Bars per window", {.minimum = 2, .maximum = 500});
    schema.add("heat", options_.heat, "How hot", {.minimum = 0});
    schema.add("is_sweet", options_.is_sweet, "With sugar");
    schema.add("dry_run", options_.dry_run, "Only pretend", {.short_flag = 'n'});
    schema.add("country", options_.country, "Where from");
    schema.add("symbol", options_.symbol, "Which one");
    schema.add("limit", options_.limit, "How much at most");
    schema.add("columns", options_.columns, "Which columns", {.short_flag = 'c'});
    schema.add("weights", options_.weights, "How heavy", {.minimum = 0});
    schema.add("extras", options_.extras, "Further files");
    schema.add("names", options_.names, "New names");
    schema.add_choice<Fruit>("fruit", options_.fruit,
                             {{"apple", Fruit::kApple}, {"pear", Fruit::kPear}, {"plum", Fruit::kPlum}},
                             "Which fruit", {.short_flag = 'f', .group = "Filling"});
    schema.add_choice<Fruit>("topping", options_.topping, {{"apple", Fruit::kApple}, {"pear", Fruit::kPear}},
                             "What goes on top", {.group = "Filling"});
    schema.add_check([this] {
      std::vector<std::string> problems;
      if (options_.window_size == 13) problems.emplace_back("window_size 13 brings bad luck; take 12 or 14");
      return problems;
    });
  }
  int run(CommandContext& /*context*/) override { return 0; }

 private:
  BakeOptions& options_;
};

class FryCommand final : public Command {
 public:
  [[nodiscard]] std::string_view name() const override { return "fry"; }
  [[nodiscard]] std::string_view summary() const override { return "fry something"; }
  [[nodiscard]] std::string_view description() const override { return "Fries."; }
  [[nodiscard]] std::vector<std::string> examples() const override { return {"regimetry fry"}; }
  void declare(SettingSchema& schema) override { schema.add("oil_grade", oil_grade_, "Which oil"); }
  int run(CommandContext& /*context*/) override { return 0; }

 private:
  int oil_grade_ = 1;
};

// Everything that reading the settings of `bake` needs, with the options it writes to.
struct Kitchen {
  BakeOptions options;
  CommonOptions common;
  SettingSchema schema;
  std::vector<std::unique_ptr<Command>> commands;
  std::unique_ptr<SettingCatalog> catalog;

  Kitchen() {
    commands.push_back(std::make_unique<BakeCommand>(options));
    commands.push_back(std::make_unique<FryCommand>());
    catalog = std::make_unique<SettingCatalog>(commands);
    commands.front()->declare(schema);
    declare_common_settings(schema, common);
  }

  [[nodiscard]] ParsedArguments parse(const std::vector<std::string>& words) const {
    return parse_arguments(words, schema, "bake", *catalog);
  }
  ResolvedSettings resolve(const std::vector<std::string>& words, const Environment& environment = {}) {
    return resolve_settings(schema, "bake", *catalog, parse(words), environment);
  }
};

}  // namespace regimetry::cli
