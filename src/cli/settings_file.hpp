// A --config file -> values for one command's settings.
//
// Keys at the top apply to every command that knows them; keys below a command's name apply to that command
// alone and win over those at the top. A key that only other commands know is left to them; one that nobody
// knows is a problem. The section of a command of two words joins them: `audit_lookahead:`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/given_value.hpp"
#include "cli/setting_catalog.hpp"

namespace regimetry::cli {

struct SettingsFile {
  std::vector<GivenValue> values;  // the command's own section last
  std::vector<std::string> problems;
};

// Reads `path`; one that cannot be read is a problem, never an exception. `name` stands in messages as typed.
[[nodiscard]] SettingsFile read_settings_file(const std::string& path, const SettingSchema& schema,
                                              std::string_view command_name, const SettingCatalog& catalog);
// The same from memory.
[[nodiscard]] SettingsFile parse_settings_file(std::string_view bytes, std::string_view name,
                                               const SettingSchema& schema, std::string_view command_name,
                                               const SettingCatalog& catalog);

}  // namespace regimetry::cli
