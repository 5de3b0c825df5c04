// A command with its settings read: the step that running it and showing its configuration share.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/resolve_settings.hpp"

namespace regimetry::cli {

// Holds what the schema's settings borrow, so it neither moves nor copies. Borrows command and catalog.
class PreparedCommand {
 public:
  // Declares the settings and reads `words` and `environment` into them. Problems are kept, not thrown.
  PreparedCommand(Command& command, const SettingCatalog& catalog, std::span<const std::string> words,
                  const Environment& environment);
  PreparedCommand(const PreparedCommand&) = delete;
  PreparedCommand& operator=(const PreparedCommand&) = delete;

  [[nodiscard]] const SettingSchema& schema() const noexcept { return schema_; }
  [[nodiscard]] const CommonOptions& common() const noexcept { return common_; }
  [[nodiscard]] const ResolvedSettings& resolved() const noexcept { return resolved_; }
  [[nodiscard]] bool wants_help() const noexcept { return arguments_.wants_help; }

  // {"command", "version", "settings": {key: {"value", "origin"}}}. With kAffectingResult also "sha256" of
  // command and values, which is the same whatever the values' origins.
  [[nodiscard]] nlohmann::json configuration(SettingSelection selection) const;

 private:
  Command& command_;
  CommonOptions common_;
  SettingSchema schema_;
  ParsedArguments arguments_;
  ResolvedSettings resolved_;
};

}  // namespace regimetry::cli
