// A command about the commands: it sees them all, and takes its words as typed.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/resolve_settings.hpp"
#include "cli/result_output.hpp"
#include "cli/setting_catalog.hpp"

namespace regimetry::cli {

class ConsoleObserver;
class MetaCommand;

// The program as a meta command sees it. Everything is borrowed.
struct ProgramView {
  const std::vector<std::unique_ptr<Command>>& commands;
  const std::vector<std::unique_ptr<MetaCommand>>& meta_commands;
  const SettingCatalog& catalog;
  const Environment& environment;
  ResultOutput& output;
  ConsoleObserver& observer;
  int help_width;
};

class MetaCommand {
 public:
  virtual ~MetaCommand() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::string_view summary() const = 0;
  // What `--help` prints, ready for the screen.
  [[nodiscard]] virtual std::string help() const = 0;
  // Words that complete the first argument, beside the commands' names where `completes_commands`.
  [[nodiscard]] virtual std::vector<std::string> argument_words() const { return {}; }
  [[nodiscard]] virtual bool completes_commands() const { return false; }
  // Not for people: left out of help and completion.
  [[nodiscard]] virtual bool is_hidden() const { return false; }
  // `words`: those after its name. The exit code; errors are thrown.
  virtual int run(const ProgramView& program, std::span<const std::string> words) = 0;
};

// In the order of --help.
[[nodiscard]] std::vector<std::unique_ptr<MetaCommand>> make_meta_commands();

}  // namespace regimetry::cli
