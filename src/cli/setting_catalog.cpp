#include "cli/setting_catalog.hpp"

#include <algorithm>

#include "cli/command_name.hpp"
#include "cli/common_settings.hpp"

namespace regimetry::cli {

SettingCatalog::SettingCatalog(const std::vector<std::unique_ptr<Command>>& commands) {
  for (const auto& command : commands) {
    command_names_.emplace_back(command->name());
    SettingSchema schema;
    CommonOptions common;
    command->declare(schema);
    declare_common_settings(schema, common);
    for (const Setting& setting : schema.settings())
      commands_of_key_[setting.key].emplace_back(command->name());
  }
}

const std::vector<std::string>& SettingCatalog::commands_knowing(std::string_view key) const {
  static const std::vector<std::string> nobody;
  const auto found = commands_of_key_.find(key);
  return found == commands_of_key_.end() ? nobody : found->second;
}

std::optional<std::string> SettingCatalog::command_of_section(std::string_view key) const {
  const auto found = std::find_if(command_names_.begin(), command_names_.end(),
                                  [&](const auto& name) { return section_key(name) == section_key(key); });
  if (found == command_names_.end()) return std::nullopt;
  return *found;
}

std::vector<std::string> SettingCatalog::keys() const {
  std::vector<std::string> keys;
  keys.reserve(commands_of_key_.size());
  for (const auto& [key, commands] : commands_of_key_) keys.push_back(key);
  return keys;
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += "'" + words[i] + "'";
  }
  return text;
}

std::string key_spelling(std::string_view word) {
  std::string key(word);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

std::string flag_spelling(std::string_view word) {
  std::string flag(word);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

}  // namespace regimetry::cli
