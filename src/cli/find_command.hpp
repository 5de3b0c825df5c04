// Which command the words of a command line name.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/meta_command.hpp"

namespace regimetry::cli {

// The commands of a group, in the order of --help; empty when nothing is called so.
[[nodiscard]] std::vector<const Command*> commands_of_group(
    const std::vector<std::unique_ptr<Command>>& commands, std::string_view group);

struct FoundCommand {
  Command& command;
  std::size_t word_count;  // how many of the words its name takes: 1 or 2
};

// The command that `words` (not empty) start with. Throws Error (kUsage) naming the nearest one, and for the
// name of a group without one of its verbs.
[[nodiscard]] FoundCommand find_command(const ProgramView& program, std::span<const std::string> words);

}  // namespace regimetry::cli
