// Which command knows which key: tells a slip of the pen from a setting meant for another command.
//
// One settings file may serve several commands, so a key that only another command knows is fine there; a key
// that no command knows is an error. The catalogue owns a full set of commands, since schemas borrow their
// fields.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace regimetry::cli {

class SettingCatalog {
 public:
  explicit SettingCatalog(const std::vector<std::unique_ptr<Command>>& commands);

  // Names of the commands that know `key` (snake_case), in the order of --help; empty when none does.
  [[nodiscard]] const std::vector<std::string>& commands_knowing(std::string_view key) const;
  // The command whose section in a settings file has this key ('-' and '_' are the same): "audit_lookahead"
  // is the section of "audit lookahead". Nothing when the key is no command's.
  [[nodiscard]] std::optional<std::string> command_of_section(std::string_view key) const;
  [[nodiscard]] const std::vector<std::string>& command_names() const noexcept { return command_names_; }
  // Every key of every command, sorted.
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::vector<std::string> command_names_;
  std::map<std::string, std::vector<std::string>, std::less<>> commands_of_key_;
};

// "a, b, c" in single quotes and with a final "and": `'a', 'b' and 'c'`.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& words);

// '-' becomes '_': both are accepted in keys and flags.
[[nodiscard]] std::string key_spelling(std::string_view word);
// '_' becomes '-'.
[[nodiscard]] std::string flag_spelling(std::string_view word);

}  // namespace regimetry::cli
