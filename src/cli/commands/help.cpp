// regimetry help [COMMAND]: the same as COMMAND --help. With --markdown: the settings page of docs/.
#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/find_command.hpp"
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
    if (words.empty()) {
      program.output.write(overview_help(program));
    } else if (words.front() == "--markdown") {
      expect_only(words, 1);
      program.output.write(settings_page(program.commands));
    } else {
      show_command(program, words);
    }
    return 0;
  }

 private:
  static void expect_only(std::span<const std::string> words, std::size_t count) {
    if (words.size() <= count) return;
    throw Error(ErrorKind::kUsage,
                fmt::format("help: takes one command, as in 'regimetry help ingest'; '{}' is "
                            "left over",
                            words[count]));
  }

  static void show_command(const ProgramView& program, std::span<const std::string> words) {
    const std::string& name = words.front();
    for (const auto& meta : program.meta_commands) {
      if (meta->name() != name) continue;
      expect_only(words, 1);
      program.output.write(meta->help());
      return;
    }
    if (words.size() == 1 && !commands_of_group(program.commands, name).empty()) {
      program.output.write(group_help(program, name));
      return;
    }
    const FoundCommand found = find_command(program, words);
    expect_only(words, found.word_count);
    const std::string ask = "--help";
    const PreparedCommand prepared(found.command, program.catalog, std::span(&ask, 1), program.environment);
    program.output.write(command_help(found.command, prepared.schema(), program.help_width));
  }
};

}  // namespace

std::unique_ptr<MetaCommand> make_help_command() {
  return std::make_unique<HelpCommand>();
}

}  // namespace regimetry::cli
