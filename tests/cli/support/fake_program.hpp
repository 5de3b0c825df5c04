// A program with commands of one word and of two, for tests of how a command is found, offered and explained.
#pragma once

#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/console_observer.hpp"
#include "cli/meta_command.hpp"
#include "cli/support/fake_commands.hpp"

namespace regimetry::cli {

// "serve hot" or "serve cold", with a setting of its own that is called `set`.
class ServeCommand final : public Command {
 public:
  explicit ServeCommand(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] std::string_view summary() const override { return "bring something to the table"; }
  [[nodiscard]] std::string_view description() const override { return "Serves."; }
  [[nodiscard]] std::vector<std::string> examples() const override { return {"regimetry " + name_}; }
  void declare(SettingSchema& schema) override {
    schema.add("set", set_, "Which plates", {.placeholder = "NAME", .choices = {"blue", "white"}});
    schema.add("guest_count", guest_count_, "How many come");
  }
  int run(CommandContext& /*context*/) override { return 0; }

  [[nodiscard]] const std::string& set() const { return set_; }
  [[nodiscard]] int guest_count() const { return guest_count_; }

 private:
  std::string name_;
  std::string set_ = "white";
  int guest_count_ = 2;
};

// bake, fry, serve hot, serve cold; and every meta command.
struct Restaurant {
  BakeOptions bake_options;
  std::vector<std::unique_ptr<Command>> commands = make_menu(bake_options);
  std::vector<std::unique_ptr<MetaCommand>> meta_commands = make_meta_commands();
  SettingCatalog catalog{commands};
  Environment environment;
  ResultOutput output{STDOUT_FILENO};
  ConsoleObserver observer{standard_console()};

  [[nodiscard]] ProgramView view() {
    return {commands, meta_commands, catalog, environment, output, observer, 100};
  }

 private:
  [[nodiscard]] static std::vector<std::unique_ptr<Command>> make_menu(BakeOptions& options) {
    std::vector<std::unique_ptr<Command>> menu;
    menu.push_back(std::make_unique<BakeCommand>(options));
    menu.push_back(std::make_unique<FryCommand>());
    menu.push_back(std::make_unique<ServeCommand>("serve hot"));
    menu.push_back(std::make_unique<ServeCommand>("serve cold"));
    return menu;
  }
};

// What reading the settings of "serve hot" needs, with the command whose fields they fill.
struct Table {
  std::vector<std::unique_ptr<Command>> commands;
  CommonOptions common;
  SettingSchema schema;
  std::unique_ptr<SettingCatalog> catalog;
  const ServeCommand* serve = nullptr;

  Table() {
    auto hot = std::make_unique<ServeCommand>("serve hot");
    hot->declare(schema);
    serve = hot.get();
    commands.push_back(std::move(hot));
    commands.push_back(std::make_unique<ServeCommand>("serve cold"));
    commands.push_back(std::make_unique<FryCommand>());
    declare_common_settings(schema, common);
    catalog = std::make_unique<SettingCatalog>(commands);
  }

  [[nodiscard]] ParsedArguments parse(const std::vector<std::string>& words) const {
    return parse_arguments(words, schema, "serve hot", *catalog);
  }
  ResolvedSettings resolve(const std::vector<std::string>& words, const Environment& environment = {}) {
    return resolve_settings(schema, "serve hot", *catalog, parse(words), environment);
  }
};

}  // namespace regimetry::cli
