// Defaults, files, environment and command line -> the fields of a command's options, each with its origin.
//
// Later wins: field default, --config files in the order given, REGIMETRY_* variables, the command line.
// Nothing stops at the first problem: all are listed, so that one run tells everything that must be
// corrected.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/setting_catalog.hpp"
#include "cli/setting_schema.hpp"

namespace regimetry::cli {

// Names and values of environment variables; only REGIMETRY_* matter. An empty value counts as absent.
using Environment = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Environment process_environment();

struct ResolvedSettings {
  // Key -> "default", "eurusd.yaml:7", "environment REGIMETRY_SEED", "flag --seed", "--set seed", "argument".
  std::map<std::string, std::string> origins;
  std::vector<std::string> problems;  // in words for the user; empty when the options are usable
  std::vector<std::string> warnings;  // REGIMETRY_* variables that set nothing
};

// Writes the fields behind `schema`. On problems the fields hold whatever could be read.
[[nodiscard]] ResolvedSettings resolve_settings(const SettingSchema& schema, std::string_view command_name,
                                                const SettingCatalog& catalog,
                                                const ParsedArguments& arguments,
                                                const Environment& environment);

// {key: {"value": ..., "origin": ...}} of every setting, or of those that can change a result.
enum class SettingSelection { kAll, kAffectingResult };
[[nodiscard]] nlohmann::json settings_to_json(const SettingSchema& schema, const ResolvedSettings& resolved,
                                              SettingSelection selection);

}  // namespace regimetry::cli
