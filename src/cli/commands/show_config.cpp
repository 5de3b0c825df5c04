// regimetry show-config COMMAND [flags...]: what COMMAND would run with, and where each value came from.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/console_context.hpp"
#include "cli/console_observer.hpp"
#include "cli/find_command.hpp"
#include "cli/prepared_command.hpp"
#include "cli/text_layout.hpp"
#include "core/error.hpp"

namespace regimetry::cli {
namespace {

// A value as it could be typed again: text as it stands, the rest as JSON.
[[nodiscard]] std::string value_text(const nlohmann::json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.empty() ? "''" : text;
  }
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

[[nodiscard]] std::string settings_table(const PreparedCommand& prepared) {
  std::size_t key_width = 0, value_width = 0;
  for (const Setting& setting : prepared.schema().settings()) {
    key_width = std::max(key_width, setting.key.size());
    value_width = std::max(value_width, display_width(value_text(setting.value())));
  }
  value_width = std::min<std::size_t>(value_width, 40);
  std::string table;
  for (const Setting& setting : prepared.schema().settings()) {
    const std::string value = value_text(setting.value());
    const std::size_t padding = value_width - std::min(value_width, display_width(value));
    table += fmt::format("{:<{}}  {}{:{}}  {}\n", setting.key, key_width, value, "", padding,
                         prepared.resolved().origins.at(setting.key));
  }
  return table;
}

class ShowConfigCommand final : public MetaCommand {
 public:
  [[nodiscard]] std::string_view name() const override { return "show-config"; }
  [[nodiscard]] std::string_view summary() const override {
    return "show the settings a command would run with, and where each came from";
  }
  [[nodiscard]] std::string help() const override {
    return "regimetry show-config: show the settings a command would run with, and where each came from\n\n"
           "  regimetry show-config COMMAND [the command's options]\n\n"
           "Nothing is run. With --json the table comes as JSON.\n\n"
           "Examples:\n"
           "  regimetry show-config doctor --seed 7\n"
           "  REGIMETRY_THREADS=2 regimetry show-config doctor --json\n";
  }
  [[nodiscard]] bool completes_commands() const override { return true; }

  int run(const ProgramView& program, std::span<const std::string> words) override {
    if (words.empty()) {
      throw Error(ErrorKind::kUsage,
                  "show-config: a command is missing, as in 'regimetry show-config ingest'");
    }
    const FoundCommand found = find_command(program, words);
    const PreparedCommand prepared(found.command, program.catalog, words.subspan(found.word_count),
                                   program.environment);
    if (prepared.wants_help()) {
      program.output.write(help());
      return 0;
    }
    for (const std::string& warning : prepared.resolved().warnings) program.observer.on_warning(warning);
    for (const std::string& problem : prepared.resolved().problems) program.observer.on_error(problem);
    if (!prepared.resolved().problems.empty()) return exit_code(ErrorKind::kUsage);
    program.output.write(prepared.common().json ? json_text(prepared.configuration(SettingSelection::kAll))
                                                : settings_table(prepared));
    return 0;
  }
};

}  // namespace

std::unique_ptr<MetaCommand> make_show_config_command() {
  return std::make_unique<ShowConfigCommand>();
}

}  // namespace regimetry::cli
