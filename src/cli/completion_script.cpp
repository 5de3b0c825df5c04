#include "cli/completion_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/command_name.hpp"
#include "cli/common_settings.hpp"
#include "cli/find_command.hpp"

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

// The words that follow the name of a group.
struct CompletedGroup {
  std::string name;
  std::vector<const Command*> members;
};

[[nodiscard]] std::vector<CompletedGroup> completed_groups(const ProgramView& program) {
  std::vector<CompletedGroup> groups;
  for (const auto& command : program.commands) {
    const std::string group(group_of(command->name()));
    const bool is_known = std::any_of(groups.begin(), groups.end(),
                                      [&](const CompletedGroup& known) { return known.name == group; });
    if (!group.empty() && !is_known) groups.push_back({group, commands_of_group(program.commands, group)});
  }
  return groups;
}

[[nodiscard]] std::vector<std::string> verbs_of(const CompletedGroup& group) {
  std::vector<std::string> verbs;
  for (const Command* member : group.members) verbs.emplace_back(verb_of(member->name()));
  return verbs;
}

// The first words of the commands' names: each group once.
[[nodiscard]] std::vector<std::string> first_words_of_commands(const ProgramView& program) {
  std::vector<std::string> words;
  for (const auto& command : program.commands) {
    const std::string_view group = group_of(command->name());
    const std::string word(group.empty() ? command->name() : group);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

// The meta commands that a command's name follows, as a pattern of the shell: "help|show-config".
[[nodiscard]] std::string pattern_before_commands(const ProgramView& program) {
  std::vector<std::string> names;
  for (const auto& meta : program.meta_commands) {
    if (!meta->is_hidden() && meta->completes_commands()) names.emplace_back(meta->name());
  }
  return fmt::format("{}", fmt::join(names, "|"));
}

[[nodiscard]] std::vector<std::string> meta_argument_words(const MetaCommand& meta,
                                                           const ProgramView& program) {
  std::vector<std::string> words = meta.argument_words();
  if (!meta.completes_commands()) return words;
  for (const std::string& word : first_words_of_commands(program)) words.push_back(word);
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
  const bool has_own_set = command.schema.find("set") != nullptr;
  std::vector<std::string> flags = {"--help", "--config"};
  std::string branches = "        --config) _regimetry_files; return ;;\n";
  if (!has_own_set) {
    flags.emplace_back("--set");
    branches += "        --set) return ;;\n";
  }
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
      shell_quoted(command.name), branches, shell_quoted(joined(flags)), positional);
}

// A branch of `case "$command"`: completes the verb, or joins it to the group's name.
[[nodiscard]] std::string bash_group_branch(const CompletedGroup& group) {
  return fmt::format(
      "    {})\n"
      "      if ((COMP_CWORD == first + 1)); then _regimetry_words {}; return; fi\n"
      "      command=\"$command ${{COMP_WORDS[first + 1]}}\"\n"
      "      ;;\n",
      group.name, shell_quoted(joined(verbs_of(group)) + " --help"));
}

constexpr const char* kBashHead = R"(# bash completion for regimetry, made by 'regimetry completion bash'.

_regimetry_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

_regimetry_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

_regimetry() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} first=1
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
  if (command.schema.find("set") == nullptr)
    lines += "        '*--set[Give any setting by its key]:KEY=VALUE: ' \\\n";
  return fmt::format(
      "    {})\n"
      "      _arguments -s \\\n"
      "{}{}"
      "        '--help[Show help]' \\\n"
      "        '*--config[Read settings from a YAML file]:FILE:_files'\n"
      "      ;;\n",
      shell_quoted(command.name), lines, positional);
}

// A line of zsh's _describe: 'name:summary'.
[[nodiscard]] std::string zsh_described(std::string_view name, std::string_view summary) {
  return fmt::format("    {}\n", shell_quoted(fmt::format("{}:{}", name, summary)));
}

// What stands beside the first word of the commands: the summary, or the verbs of a group.
[[nodiscard]] std::string zsh_described_commands(const ProgramView& program) {
  std::string described;
  for (const auto& command : program.commands) {
    if (group_of(command->name()).empty()) described += zsh_described(command->name(), command->summary());
  }
  for (const CompletedGroup& group : completed_groups(program))
    described += zsh_described(group.name, fmt::format("{}", fmt::join(verbs_of(group), ", ")));
  return described;
}

// A branch of `case $words[1]`: completes the verb, or makes both words of the name one.
[[nodiscard]] std::string zsh_group_branch(const CompletedGroup& group) {
  std::string described;
  for (const Command* member : group.members)
    described += zsh_described(verb_of(member->name()), member->summary());
  return fmt::format(
      "    {0})\n"
      "      commands=(\n"
      "{1}"
      "      )\n"
      "      if ((CURRENT == 2)); then _describe -t commands command commands; return; fi\n"
      "      words[1,2]=(\"{0} $words[2]\")\n"
      "      ((CURRENT--))\n"
      "      ;;\n",
      group.name, described);
}

}  // namespace

std::string bash_completion(const ProgramView& program) {
  CommonOptions common;
  std::vector<std::string> first_words = first_words_of_commands(program);
  std::string meta_branches, group_branches, branches;
  for (const CompletedGroup& group : completed_groups(program)) group_branches += bash_group_branch(group);
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
      "  case \"$command\" in {}) first=2 command=${{COMP_WORDS[2]}} ;; esac\n"
      "  case \"$command\" in\n"
      "{}"
      "  esac\n"
      "  if [[ ${{COMP_WORDS[1]}} == help ]]; then return; fi\n"
      "  case \"$command\" in\n"
      "{}"
      "  esac\n"
      "}}\n\n"
      "complete -F _regimetry regimetry\n",
      kBashHead, shell_quoted(joined(first_words)), meta_branches, pattern_before_commands(program),
      group_branches, branches);
}

std::string zsh_completion(const ProgramView& program) {
  CommonOptions common;
  std::string described = zsh_described_commands(program);
  std::string meta_branches, group_branches, branches;
  for (const CompletedGroup& group : completed_groups(program)) group_branches += zsh_group_branch(group);
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
      "  local takes_flags=1\n"
      "  if [[ $words[2] == help ]]; then takes_flags=0; fi\n"
      "  case $words[2] in {}) shift words; ((CURRENT--)) ;; esac\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $words[1] in\n"
      "{}"
      "  esac\n"
      "  if ((!takes_flags)); then return; fi\n"
      "  case $words[1] in\n"
      "{}"
      "  esac\n"
      "}}\n\n"
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _regimetry \"$@\"; else compdef _regimetry "
      "regimetry; fi\n",
      described, meta_branches, pattern_before_commands(program), group_branches, branches);
}

}  // namespace regimetry::cli
