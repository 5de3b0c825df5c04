#include "cli/run_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "cli/console_context.hpp"
#include "cli/find_command.hpp"
#include "cli/help_text.hpp"
#include "cli/meta_command.hpp"
#include "cli/prepared_command.hpp"
#include "cli/signal_thread.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "core/error.hpp"

namespace regimetry::cli {
namespace {

class Program {
 public:
  Program(const Environment& environment, bool log_json)
      : commands_(make_commands()),
        meta_commands_(make_meta_commands()),
        catalog_(commands_),
        environment_(environment),
        output_(STDOUT_FILENO),
        observer_(make_console(log_json)) {}

  int run(const std::vector<std::string>& words) {
    try {
      return dispatch(words);
    } catch (const Error& error) {
      observer_->on_error(error.what());
      return exit_code(error.kind());
    } catch (const std::bad_alloc&) {
      observer_->on_error("out of memory; give fewer instruments or bars at a time, or end other programs");
    } catch (const std::exception& error) {
      observer_->on_error(
          fmt::format("internal failure: {}; this is a fault of regimetry {}: please report the "
                      "command line and this message",
                      error.what(), kVersion));
    }
    return exit_code(ErrorKind::kInternal);
  }

 private:
  [[nodiscard]] static std::unique_ptr<ConsoleObserver> make_console(bool log_json) {
    ConsoleOptions options = standard_console();
    options.log_json = log_json;
    return std::make_unique<ConsoleObserver>(std::move(options));
  }

  [[nodiscard]] static int help_width() { return inspect_terminal(STDOUT_FILENO).width; }

  [[nodiscard]] ProgramView view() {
    return {commands_, meta_commands_, catalog_, environment_, output_, *observer_, help_width()};
  }

  int dispatch(const std::vector<std::string>& words) {
    if (words.empty()) {
      observer_->on_error("a command is missing; 'regimetry --help' lists them");
      return exit_code(ErrorKind::kUsage);
    }
    const std::string& name = words.front();
    const std::span<const std::string> rest = std::span(words).subspan(1);
    if (asks_for_help(name)) return show_overview();
    if (name == "--version") return show_version();
    if (name.starts_with('-')) {
      throw Error(
          ErrorKind::kUsage,
          fmt::format("flag '{}' stands before the command; write 'regimetry COMMAND {}'", name, name));
    }
    for (const auto& meta : meta_commands_) {
      if (meta->name() == name) return run_meta(*meta, rest);
    }
    if (!commands_of_group(commands_, name).empty() && (rest.empty() || asks_for_help(rest.front()))) {
      return show_group(name, rest.empty());
    }
    const FoundCommand found = find_command(view(), words);
    return run_command(found.command, std::span(words).subspan(found.word_count));
  }

  [[nodiscard]] static bool asks_for_help(std::string_view word) { return word == "--help" || word == "-h"; }

  int show_overview() {
    output_.write(overview_help(view()));
    return 0;
  }

  // A group alone lists its commands as its --help does, but does nothing, which a script must notice.
  int show_group(std::string_view group, bool lacks_verb) {
    output_.write(group_help(view(), group));
    if (!lacks_verb) return 0;
    observer_->on_error(fmt::format("'{}' needs one of its commands behind it", group));
    return exit_code(ErrorKind::kUsage);
  }

  int show_version() {
    output_.write(fmt::format("regimetry {}\n", kVersion));
    return 0;
  }

  int run_meta(MetaCommand& meta, std::span<const std::string> words) {
    if (!words.empty() && asks_for_help(words.front())) {
      output_.write(meta.help());
      return 0;
    }
    return meta.run(view(), words);
  }

  int run_command(Command& command, std::span<const std::string> words) {
    PreparedCommand prepared(command, catalog_, words, environment_);
    if (prepared.wants_help()) {
      output_.write(command_help(command, prepared.schema(), help_width()));
      return 0;
    }
    adopt(prepared.common());
    if (!prepared.resolved().problems.empty()) return report_problems(command, prepared.resolved().problems);
    for (const std::string& warning : prepared.resolved().warnings) observer_->on_warning(warning);

    const SignalThread signals;
    ConsoleContext context(prepared.common(), prepared.configuration(SettingSelection::kAffectingResult),
                           *observer_, output_);
    return command.run(context);
  }

  // From here on messages follow the command's own wishes.
  void adopt(const CommonOptions& common) {
    ConsoleOptions options = standard_console();
    options.quiet = common.quiet;
    options.verbose = common.verbose || common.debug;
    options.log_json = common.log_json;
    observer_ = std::make_unique<ConsoleObserver>(std::move(options));
  }

  int report_problems(const Command& command, const std::vector<std::string>& problems) {
    for (const std::string& problem : problems) observer_->on_error(problem);
    if (problems.size() > 1) {
      observer_->on_note(fmt::format("{} problems; 'regimetry {} --help' explains every setting",
                                     problems.size(), command.name()));
    }
    return exit_code(ErrorKind::kUsage);
  }

  std::vector<std::unique_ptr<Command>> commands_;
  std::vector<std::unique_ptr<MetaCommand>> meta_commands_;
  SettingCatalog catalog_;
  const Environment& environment_;
  ResultOutput output_;
  std::unique_ptr<ConsoleObserver> observer_;
};

}  // namespace

int run_program(const std::vector<std::string>& words, const Environment& environment) {
  // Also for errors that come before the settings are read.
  const bool log_json = std::find(words.begin(), words.end(), "--log-json") != words.end();
  return Program(environment, log_json).run(words);
}

}  // namespace regimetry::cli
