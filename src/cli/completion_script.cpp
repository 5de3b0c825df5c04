#include "cli/completion_script.hpp"

#include <fmt/format.h>

#include <vector>

#include "cli/common_settings.hpp"

namespace regimetry::cli {
namespace {

// What a command takes, once declared.
struct CompletedCommand {
  std::string name, summary;
  SettingSchema schema;
};

// The schemas borrow fields of the commands (which live on) and of `common` (which is not read here).
[[nodiscard]] std::vector<CompletedCommand> completed_commands(const ProgramView& program,
                                                               CommonOptions& common) {
  std::vector<CompletedCommand> completed;
  for (const auto& command : program.commands) {
    CompletedCommand entry{std::string(command->name()), std::string(command->summary()), {}};
    command->declare(entry.schema);
    declare_common_settings(entry.schema, common);
    completed.push_back(std::move(entry));
  }
  return completed;
}

// 'text' for either shell.
[[nodiscard]] std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

[[nodiscard]] std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

[[nodiscard]] std::vector<std::string> command_names(const ProgramView& program) {
  std::vector<std::string> names;
  for (const auto& command : program.commands) names.emplace_back(command->name());
  return names;
}

[[nodiscard]] std::vector<std::string> meta_argument_words(const MetaCommand& meta,
                                                           const ProgramView& program) {
  std::vector<std::string> words = meta.argument_words();
  if (!meta.completes_commands()) return words;
  for (const std::string& name : command_names(program)) words.push_back(name);
  return words;
}

// ---- bash ----

[[nodiscard]] std::string flag_pattern(const Setting& setting) {
  if (setting.traits.short_flag == 0) return setting.flag();
  return fmt::format("{}|-{}", setting.flag(), setting.traits.short_flag);
}

// What follows a flag: one branch of `case "$prev"`.
[[nodiscard]] std::string bash_value_branch(const Setting& setting) {
  if (setting.type == "flag") return {};
  std::string action = "return";
  if (!setting.traits.choices.empty()) {
    action = fmt::format("_regimetry_words {}; return", shell_quoted(joined(setting.traits.choices)));
  } else if (setting.names_files) {
    action = "_regimetry_files; return";
  }
  return fmt::format("        {}) {} ;;\n", flag_pattern(setting), action);
}

[[nodiscard]] std::string bash_command_branch(const CompletedCommand& command) {
  std::vector<std::string> flags = {"--help", "--config", "--set"};
  std::string branches = "        --config) _regimetry_files; return ;;\n        --set) return ;;\n";
  std::string positional = ":";
  for (const Setting& setting : command.schema.settings()) {
    flags.push_back(setting.flag_to_offer());
    branches += bash_value_branch(setting);
    if (!setting.traits.positional) continue;
    positional = setting.traits.choices.empty()
                     ? "_regimetry_files"
                     : fmt::format("_regimetry_words {}", shell_quoted(joined(setting.traits.choices)));
  }
  return fmt::format(
      "    {})\n"
      "      case \"$prev\" in\n"
      "{}"
      "      esac\n"
      "      if [[ $cur == -* ]]; then _regimetry_words {}; else {}; fi\n"
      "      ;;\n",
      command.name, branches, shell_quoted(joined(flags)), positional);
}

constexpr const char* kBashHead = R"(# bash completion for regimetry, made by 'regimetry completion bash'.

_regimetry_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

_regimetry_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

_regimetry() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  # bash cuts words at '=': '--flag=va' arrives as '--flag' '=' 'va'.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";

// ---- zsh ----

// Text inside the brackets of an _arguments specification.
[[nodiscard]] std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

[[nodiscard]] std::string zsh_action(const Setting& setting) {
  if (!setting.traits.choices.empty()) return fmt::format("({})", joined(setting.traits.choices));
  return setting.names_files ? "_files" : " ";
}

[[nodiscard]] std::string zsh_setting_line(const Setting& setting) {
  const std::string message =
      setting.type == "flag"
          ? std::string()
          : fmt::format(":{}:{}", zsh_text(setting.traits.placeholder), zsh_action(setting));
  std::string lines;
  const auto add = [&](const std::string& flag) {
    lines +=
        fmt::format("        {} \\\n", shell_quoted(fmt::format("{}{}[{}]{}", setting.takes_many ? "*" : "",
                                                                flag, zsh_text(setting.help), message)));
  };
  add(setting.flag_to_offer());
  if (setting.traits.short_flag != 0) add(fmt::format("-{}", setting.traits.short_flag));
  return lines;
}

[[nodiscard]] std::string zsh_command_branch(const CompletedCommand& command) {
  std::string lines;
  std::string positional;
  for (const Setting& setting : command.schema.settings()) {
    lines += zsh_setting_line(setting);
    if (!setting.traits.positional) continue;
    const std::string action = setting.traits.choices.empty() ? "_files" : zsh_action(setting);
    positional = fmt::format("        {} \\\n",
                             shell_quoted(fmt::format("{}:{}:{}", setting.takes_many ? "*" : "1",
                                                      zsh_text(setting.traits.placeholder), action)));
  }
  return fmt::format(
      "    {})\n"
      "      _arguments -s \\\n"
      "{}{}"
      "        '--help[Show help]' \\\n"
      "        '*--config[Read settings from a YAML file]:FILE:_files' \\\n"
      "        '*--set[Give any setting by its key]:KEY=VALUE: '\n"
      "      ;;\n",
      command.name, lines, positional);
}

// A line of zsh's _describe: 'name:summary'.
[[nodiscard]] std::string zsh_described(std::string_view name, std::string_view summary) {
  return fmt::format("    {}\n", shell_quoted(fmt::format("{}:{}", name, summary)));
}

}  // namespace

std::string bash_completion(const ProgramView& program) {
  CommonOptions common;
  std::vector<std::string> first_words = command_names(program);
  std::string meta_branches, branches;
  for (const auto& meta : program.meta_commands) {
    if (meta->is_hidden()) continue;
    first_words.emplace_back(meta->name());
    meta_branches += fmt::format("      {}) _regimetry_words {}; return ;;\n", meta->name(),
                                 shell_quoted(joined(meta_argument_words(*meta, program))));
  }
  first_words.emplace_back("--help");
  first_words.emplace_back("--version");
  for (const CompletedCommand& command : completed_commands(program, common))
    branches += bash_command_branch(command);
  return fmt::format(
      "{}"
      "  if ((COMP_CWORD == 1)); then _regimetry_words {}; return; fi\n"
      "  if ((COMP_CWORD == 2)); then\n"
      "    case \"$command\" in\n"
      "{}"
      "    esac\n"
      "  fi\n"
      "  if [[ $command == show-config ]]; then command=${{COMP_WORDS[2]}}; fi\n"
      "  case \"$command\" in\n"
      "{}"
      "  esac\n"
      "}}\n\n"
      "complete -F _regimetry regimetry\n",
      kBashHead, shell_quoted(joined(first_words)), meta_branches, branches);
}

std::string zsh_completion(const ProgramView& program) {
  CommonOptions common;
  std::string described, meta_branches, branches;
  for (const auto& command : program.commands)
    described += zsh_described(command->name(), command->summary());
  for (const auto& meta : program.meta_commands) {
    if (meta->is_hidden()) continue;
    described += zsh_described(meta->name(), meta->summary());
    meta_branches += fmt::format("      {}) compadd -- {}; return ;;\n", meta->name(),
                                 joined(meta_argument_words(*meta, program)));
  }
  for (const CompletedCommand& command : completed_commands(program, common))
    branches += zsh_command_branch(command);
  return fmt::format(
      "#compdef regimetry\n"
      "# zsh completion for regimetry, made by 'regimetry completion zsh'.\n\n"
      "_regimetry() {{\n"
      "  local -a commands\n"
      "  commands=(\n"
      "{}"
      "  )\n"
      "  if ((CURRENT == 2)); then _describe -t commands command commands; return; fi\n"
      "  if ((CURRENT == 3)); then\n"
      "    case $words[2] in\n"
      "{}"
      "    esac\n"
      "  fi\n"
      "  if [[ $words[2] == show-config ]]; then shift words; ((CURRENT--)); fi\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $words[1] in\n"
      "{}"
      "  esac\n"
      "}}\n\n"
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _regimetry \"$@\"; else compdef _regimetry "
      "regimetry; fi\n",
      described, meta_branches, branches);
}

}  // namespace regimetry::cli
