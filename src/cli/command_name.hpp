// Names of commands: one word ("ingest"), or two ("audit lookahead"), a group and a verb of it.
#pragma once

#include <string>
#include <string_view>

namespace regimetry::cli {

// "audit" for "audit lookahead"; empty for a name of one word.
[[nodiscard]] std::string_view group_of(std::string_view command_name);
// "lookahead" for "audit lookahead"; the name itself when it is one word.
[[nodiscard]] std::string_view verb_of(std::string_view command_name);
// The key of the command's section in a settings file: "audit_lookahead" for "audit lookahead".
[[nodiscard]] std::string section_key(std::string_view command_name);

}  // namespace regimetry::cli
