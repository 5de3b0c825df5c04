#include "cli/find_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/command_name.hpp"
#include "core/error.hpp"
#include "core/nearest_word.hpp"

namespace regimetry::cli {
namespace {

[[nodiscard]] std::vector<std::string> names_of_everything(const ProgramView& program) {
  std::vector<std::string> names;
  for (const auto& command : program.commands) {
    names.emplace_back(command->name());
    const std::string_view group = group_of(command->name());
    if (!group.empty()) names.emplace_back(group);
  }
  for (const auto& meta : program.meta_commands) {
    if (!meta->is_hidden()) names.emplace_back(meta->name());
  }
  return names;
}

// A verb typed without its group, else the nearest name.
[[nodiscard]] std::optional<std::string> probably_meant(const ProgramView& program, std::string_view word) {
  for (const auto& command : program.commands) {
    if (verb_of(command->name()) == word) return std::string(command->name());
  }
  return nearest_word(word, names_of_everything(program));
}

[[noreturn]] void refuse_name(const ProgramView& program, std::string_view word) {
  const auto near = probably_meant(program, word);
  throw Error(ErrorKind::kUsage, fmt::format("unknown command '{}'; {}", word,
                                             near ? fmt::format("did you mean '{}'?", *near)
                                                  : "'regimetry --help' lists the commands"));
}

[[noreturn]] void refuse_verb(const std::vector<const Command*>& members, std::string_view group,
                              std::span<const std::string> words) {
  std::vector<std::string> verbs;
  for (const Command* member : members) verbs.emplace_back(verb_of(member->name()));
  if (words.empty()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("'{}' needs one of its commands behind it: {}", group, fmt::join(verbs, ", ")));
  }
  const std::string& word = words.front();
  if (word.starts_with('-')) {
    throw Error(ErrorKind::kUsage,
                fmt::format("flag '{}' stands before the command; write 'regimetry {} COMMAND {}' with one "
                            "of {}",
                            word, group, word, fmt::join(verbs, ", ")));
  }
  const auto near = nearest_word(word, verbs);
  throw Error(ErrorKind::kUsage,
              fmt::format("unknown command '{} {}'; {}", group, word,
                          near ? fmt::format("did you mean '{} {}'?", group, *near)
                               : fmt::format("'{}' knows {}", group, fmt::join(verbs, ", "))));
}

}  // namespace

std::vector<const Command*> commands_of_group(const std::vector<std::unique_ptr<Command>>& commands,
                                              std::string_view group) {
  std::vector<const Command*> members;
  for (const auto& command : commands) {
    if (!group.empty() && group_of(command->name()) == group) members.push_back(command.get());
  }
  return members;
}

FoundCommand find_command(const ProgramView& program, std::span<const std::string> words) {
  const std::string& first = words.front();
  const std::string both = words.size() > 1 ? first + " " + words[1] : std::string();
  for (const auto& command : program.commands) {
    if (command->name() == first) return {*command, 1};
    if (command->name() == both) return {*command, 2};
  }
  const std::vector<const Command*> members = commands_of_group(program.commands, first);
  if (members.empty()) refuse_name(program, first);
  refuse_verb(members, first, words.subspan(1));
}

}  // namespace regimetry::cli
