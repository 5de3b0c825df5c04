// regimetry help [COMMAND]: the same as COMMAND --help. With --markdown: the settings page of docs/.
#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/help_text.hpp"
#include "cli/prepared_command.hpp"
#include "cli/settings_page.hpp"
#include "core/error.hpp"

namespace regimetry::cli {
namespace {

class HelpCommand final : public MetaCommand {
 public:
  [[nodiscard]] std::string_view name() const override { return "help"; }
  [[nodiscard]] std::string_view summary() const override { return "show what a command does and takes"; }
  [[nodiscard]] std::string help() const override {
    return "regimetry help: show what a command does and takes\n\n"
           "  regimetry help [COMMAND]\n"
           "  regimetry help --markdown    every setting of every command, as docs/settings.md\n";
  }
  [[nodiscard]] bool completes_commands() const override { return true; }

  int run(const ProgramView& program, std::span<const std::string> words) override {
    if (words.size() > 1)
      throw Error(ErrorKind::kUsage, "help: takes one command, as in 'regimetry help ingest'");
    if (words.empty()) {
      program.output.write(overview_help(program));
    } else if (words.front() == "--markdown") {
      program.output.write(settings_page(program.commands));
    } else {
      show_command(program, words.front());
    }
    return 0;
  }

 private:
  static void show_command(const ProgramView& program, const std::string& name) {
    for (const auto& meta : program.meta_commands) {
      if (meta->name() != name) continue;
      program.output.write(meta->help());
      return;
    }
    Command& command = find_command(program, name);
    const std::string ask = "--help";
    const PreparedCommand prepared(command, program.catalog, std::span(&ask, 1), program.environment);
    program.output.write(command_help(command, prepared.schema(), program.help_width));
  }
};

}  // namespace

std::unique_ptr<MetaCommand> make_help_command() {
  return std::make_unique<HelpCommand>();
}

}  // namespace regimetry::cli
