// What --help prints.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/meta_command.hpp"

namespace regimetry::cli {

// `regimetry --help`, as wide as the program says.
[[nodiscard]] std::string overview_help(const ProgramView& program);

// `regimetry GROUP --help`: the commands whose names start with that word.
[[nodiscard]] std::string group_help(const ProgramView& program, std::string_view group);

// `regimetry COMMAND --help`, from the command and its declared schema (with the common settings).
[[nodiscard]] std::string command_help(const Command& command, const SettingSchema& schema, int width);

// "INPUT...", "[INPUT]", or nothing: how the positional setting stands in a usage line.
[[nodiscard]] std::string positional_usage(const SettingSchema& schema);

// The words behind a setting's help: "allowed: a, b; default: a". Empty when there is nothing to say.
[[nodiscard]] std::string value_notes(const Setting& setting);

}  // namespace regimetry::cli
