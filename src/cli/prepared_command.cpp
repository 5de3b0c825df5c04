#include "cli/prepared_command.hpp"

#include "cli/common_settings.hpp"
#include "cli/version.hpp"
#include "core/sha256.hpp"

namespace regimetry::cli {
namespace {

[[nodiscard]] std::string digest_of_values(const nlohmann::json& configuration) {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [key, entry] : configuration.at("settings").items()) values[key] = entry.at("value");
  const nlohmann::json identity = {{"command", configuration.at("command")}, {"settings", std::move(values)}};
  return sha256_hex(identity.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

PreparedCommand::PreparedCommand(Command& command, const SettingCatalog& catalog,
                                 std::span<const std::string> words, const Environment& environment)
    : command_(command) {
  command.declare(schema_);
  declare_common_settings(schema_, common_);
  arguments_ = parse_arguments(words, schema_, command.name(), catalog);
  // Who asks for help gets it, whatever else is wrong with the line.
  if (!arguments_.wants_help) {
    resolved_ = resolve_settings(schema_, command.name(), catalog, arguments_, environment);
  }
}

nlohmann::json PreparedCommand::configuration(SettingSelection selection) const {
  nlohmann::json configuration = {{"command", command_.name()},
                                  {"version", kVersion},
                                  {"settings", settings_to_json(schema_, resolved_, selection)}};
  if (selection == SettingSelection::kAffectingResult)
    configuration["sha256"] = digest_of_values(configuration);
  return configuration;
}

}  // namespace regimetry::cli
