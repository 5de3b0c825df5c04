#include "cli/resolve_settings.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "cli/settings_file.hpp"
#include "core/nearest_word.hpp"

namespace regimetry::cli {
namespace {

class SettingsResolver {
 public:
  SettingsResolver(const SettingSchema& schema, std::string_view command_name, const SettingCatalog& catalog)
      : schema_(schema), command_name_(command_name), catalog_(catalog) {}

  [[nodiscard]] ResolvedSettings resolve(const ParsedArguments& arguments, const Environment& environment) {
    for (const Setting& setting : schema_.settings()) resolved_.origins[setting.key] = "default";
    append(arguments.problems);
    for (const std::string& file : arguments.config_files) take_file(file);
    take_environment(environment);
    take_command_line(arguments.values);
    check_required();
    for (const auto& check : schema_.checks()) append(check());
    for (const auto& check : schema_.checks_of_given()) append(check(given_keys()));
    return std::move(resolved_);
  }

 private:
  [[nodiscard]] SettingSchema::GivenKeys given_keys() const {
    SettingSchema::GivenKeys keys;
    for (const Setting* setting : given_) keys.insert(setting->key);
    return keys;
  }

  void append(const std::vector<std::string>& problems) {
    resolved_.problems.insert(resolved_.problems.end(), problems.begin(), problems.end());
  }

  void take_file(const std::string& path) {
    const SettingsFile file = read_settings_file(path, schema_, command_name_, catalog_);
    append(file.problems);
    for (const GivenValue& value : file.values) assign(value);
  }

  void take_environment(const Environment& environment) {
    for (const auto& [name, text] : environment) {
      if (!name.starts_with("REGIMETRY_") || text.empty()) continue;
      const Setting* setting = find_by_environment(name);
      if (setting == nullptr) {
        warn_of_unknown_variable(name);
        continue;
      }
      const std::string origin = "environment " + name;
      // A map has no other way to hold several entries in one variable.
      const bool is_map = setting->type == "map";
      Setting cut_at_commas;
      cut_at_commas.splits_at_commas = true;
      assign({setting, words_for(is_map ? cut_at_commas : *setting, text), false, origin, origin});
    }
  }

  [[nodiscard]] const Setting* find_by_environment(std::string_view name) const {
    const auto& settings = schema_.settings();
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const Setting& setting) { return setting.environment() == name; });
    return found == settings.end() ? nullptr : &*found;
  }

  // The environment belongs to the whole system, so a stray variable is no reason to stop.
  void warn_of_unknown_variable(const std::string& name) {
    std::vector<std::string> known;
    for (const std::string& key : catalog_.keys()) {
      Setting setting;
      setting.key = key;
      known.push_back(setting.environment());
    }
    if (std::find(known.begin(), known.end(), name) != known.end()) return;  // for another command
    const auto near = nearest_word(name, known);
    resolved_.warnings.push_back(
        fmt::format("environment variable {} sets nothing{}", name,
                    near ? fmt::format("; did you mean {}?", *near) : std::string()));
  }

  // Repeated list flags collect; of repeated scalars the last counts.
  void take_command_line(const std::vector<GivenValue>& values) {
    std::map<const Setting*, GivenValue> collected;
    for (const GivenValue& value : values) {
      const auto [entry, is_new] = collected.emplace(value.setting, value);
      if (is_new) continue;
      GivenValue merged = value;
      if (value.setting->takes_many) {
        merged.words.insert(merged.words.begin(), entry->second.words.begin(), entry->second.words.end());
      }
      entry->second = std::move(merged);
    }
    for (const Setting& setting : schema_.settings()) {
      const auto entry = collected.find(&setting);
      if (entry != collected.end()) assign(entry->second);
    }
  }

  void assign(const GivenValue& given) {
    const Setting& setting = *given.setting;
    given_.insert(&setting);
    std::optional<std::string> problem;
    if (!given.is_null) {
      problem = setting.assign(given.words);
    } else if (setting.accepts_none) {
      problem = setting.assign({"none"});
    } else {
      problem = setting.takes_many ? "has no value; write [] for an empty list"
                                   : "has no value; leave the line out, or put text in quotes";
    }
    if (problem) {
      resolved_.problems.push_back(fmt::format("{}: {}", given.place, *problem));
    } else {
      resolved_.origins[setting.key] = given.origin;
    }
  }

  void check_required() {
    for (const Setting& setting : schema_.settings()) {
      if (!setting.traits.required) continue;
      const bool is_missing = !given_.contains(&setting) || (setting.takes_many && setting.value().empty());
      // A value that was given and refused has been reported already.
      const bool was_refused = given_.contains(&setting) && resolved_.origins.at(setting.key) == "default";
      if (!is_missing || was_refused) continue;
      const std::string usage =
          setting.traits.positional
              ? fmt::format("regimetry {} {}", command_name_, setting.traits.placeholder)
              : fmt::format("{} {}", setting.flag(), setting.traits.placeholder);
      const std::string_view help = setting.help;
      resolved_.problems.push_back(fmt::format("{} is missing: {}; write '{}'", setting.key,
                                               help.ends_with('.') ? help.substr(0, help.size() - 1) : help,
                                               usage));
    }
  }

  const SettingSchema& schema_;
  std::string_view command_name_;
  const SettingCatalog& catalog_;
  std::set<const Setting*> given_;
  ResolvedSettings resolved_;
};

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t mark = text.find('=');
    if (mark == std::string_view::npos || !text.starts_with("REGIMETRY_")) continue;
    environment.emplace_back(text.substr(0, mark), text.substr(mark + 1));
  }
  std::sort(environment.begin(), environment.end());
  return environment;
}

ResolvedSettings resolve_settings(const SettingSchema& schema, std::string_view command_name,
                                  const SettingCatalog& catalog, const ParsedArguments& arguments,
                                  const Environment& environment) {
  return SettingsResolver(schema, command_name, catalog).resolve(arguments, environment);
}

nlohmann::json settings_to_json(const SettingSchema& schema, const ResolvedSettings& resolved,
                                SettingSelection selection) {
  nlohmann::json settings = nlohmann::json::object();
  for (const Setting& setting : schema.settings()) {
    if (selection == SettingSelection::kAffectingResult && !setting.traits.affects_result) continue;
    settings[setting.key] = {{"value", setting.value()}, {"origin", resolved.origins.at(setting.key)}};
  }
  return settings;
}

}  // namespace regimetry::cli
