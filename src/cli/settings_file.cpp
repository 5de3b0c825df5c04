#include "cli/settings_file.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "cli/command_name.hpp"
#include "cli/yaml_document.hpp"
#include "core/atomic_file.hpp"
#include "core/error.hpp"
#include "core/nearest_word.hpp"

namespace regimetry::cli {
namespace {

class SettingsFileReader {
 public:
  SettingsFileReader(std::string_view name, const SettingSchema& schema, std::string_view command_name,
                     const SettingCatalog& catalog)
      : name_(name), schema_(schema), command_name_(command_name), catalog_(catalog) {}

  [[nodiscard]] SettingsFile read(std::string_view bytes) {
    YamlDocument document = parse_yaml(bytes, name_);
    file_.problems = std::move(document.problems);
    const YamlNode* own_section = nullptr;
    for (const YamlEntry& entry : document.root.entries) {
      const std::optional<std::string> command = catalog_.command_of_section(entry.key);
      // `features` is a command and a setting: a list is the setting, what stands below it is the command's.
      const bool is_also_setting = !catalog_.commands_knowing(key_spelling(entry.key)).empty();
      const bool is_value = entry.value.kind != YamlNode::Kind::kMapping && !entry.value.is_null();
      if (!command || (is_also_setting && is_value)) {
        take_entry(entry, /*is_own_section=*/false);
      } else if (is_value) {
        report(entry.line, "'{}' is a command; its settings stand below it, as in '{}: {{seed: 7}}'",
               entry.key, entry.key);
      } else if (command == command_name_) {
        own_section = &entry.value;
      }
    }
    line_of_key_.clear();  // the section may repeat keys of the top: it wins
    if (own_section != nullptr) {
      for (const YamlEntry& entry : own_section->entries) take_entry(entry, /*is_own_section=*/true);
    }
    return std::move(file_);
  }

 private:
  template <typename... Args>
  void report(int line, fmt::format_string<Args...> text, Args&&... args) {
    file_.problems.push_back(
        fmt::format("{}:{}: {}", name_, line, fmt::format(text, std::forward<Args>(args)...)));
  }

  void take_entry(const YamlEntry& entry, bool is_own_section) {
    const std::string key = key_spelling(entry.key);
    const Setting* setting = schema_.find(key);
    if (setting == nullptr) {
      report_unless_known_elsewhere(entry, key, is_own_section);
      return;
    }
    const auto [first, is_new] = line_of_key_.emplace(key, entry.line);
    if (!is_new) {  // window_size and window-size
      report(entry.line, "key '{}' stands here again, after line {}; keep one of them", entry.key,
             first->second);
      return;
    }
    if (auto words = words_of(entry, *setting)) {
      file_.values.push_back({setting, std::move(*words), entry.value.is_null(),
                              fmt::format("{}:{}: {}", name_, entry.line, key),
                              fmt::format("{}:{}", name_, entry.line)});
    }
  }

  void report_unless_known_elsewhere(const YamlEntry& entry, const std::string& key, bool is_own_section) {
    const auto& others = catalog_.commands_knowing(key);
    if (!others.empty() && !is_own_section) return;
    std::vector<std::string> known;
    if (is_own_section) {
      for (const Setting& setting : schema_.settings()) known.push_back(setting.key);
    } else {
      known = catalog_.keys();
      for (const std::string& command : catalog_.command_names()) known.push_back(section_key(command));
    }
    const std::vector<std::string> sections =
        is_own_section ? std::vector<std::string>() : sections_of_group(key);
    if (!sections.empty()) {
      report(entry.line, "'{}' is a group of commands; settings stand below one of them, as in '{}:'",
             entry.key, sections.front());
    } else if (const auto near = nearest_word(key, known)) {
      report(entry.line, "unknown key '{}'; did you mean '{}'?", entry.key, *near);
    } else if (!others.empty()) {
      report(entry.line, "unknown key '{}'; it belongs to {}, not to '{}'", entry.key, quoted_list(others),
             command_name_);
    } else {
      report(entry.line, "unknown key '{}'; 'regimetry {} --help' lists the known ones", entry.key,
             command_name_);
    }
  }

  // The sections of the commands of that group; empty when the key is no group.
  [[nodiscard]] std::vector<std::string> sections_of_group(std::string_view key) const {
    std::vector<std::string> sections;
    for (const std::string& command : catalog_.command_names()) {
      if (!key.empty() && group_of(command) == key) sections.push_back(section_key(command));
    }
    return sections;
  }

  // The value as words, or nothing after reporting that its shape does not fit the setting.
  [[nodiscard]] std::optional<std::vector<std::string>> words_of(const YamlEntry& entry,
                                                                 const Setting& setting) {
    const YamlNode& value = entry.value;
    switch (value.kind) {
      case YamlNode::Kind::kScalar:
        if (value.is_null()) return std::vector<std::string>();
        if (value.quoted) return std::vector<std::string>{value.text};
        return words_for(setting, value.text);
      case YamlNode::Kind::kSequence:
        if (setting.takes_many) return words_of_items(entry);
        report(entry.line, "{}: takes one value, not a list", setting.key);
        return std::nullopt;
      case YamlNode::Kind::kMapping:
        break;
    }
    if (setting.type == "map") return words_of_map(entry);
    report(entry.line, "{}: takes {}, not a mapping", setting.key,
           setting.takes_many ? "a list" : "one value");
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::vector<std::string>> words_of_items(const YamlEntry& entry) {
    std::vector<std::string> words;
    for (const YamlNode& item : entry.value.items) {
      if (item.kind != YamlNode::Kind::kScalar || item.is_null()) {
        report(item.line, "{}: each element of the list must be one value", key_spelling(entry.key));
        return std::nullopt;
      }
      words.push_back(item.text);
    }
    return words;
  }

  [[nodiscard]] std::optional<std::vector<std::string>> words_of_map(const YamlEntry& entry) {
    std::vector<std::string> words;
    for (const YamlEntry& element : entry.value.entries) {
      if (element.value.kind != YamlNode::Kind::kScalar || element.value.is_null()) {
        report(element.line, "{}: '{}' must have one value", key_spelling(entry.key), element.key);
        return std::nullopt;
      }
      words.push_back(element.key + "=" + element.value.text);
    }
    return words;
  }

  std::string name_;
  const SettingSchema& schema_;
  std::string_view command_name_;
  const SettingCatalog& catalog_;
  std::map<std::string, int> line_of_key_;
  SettingsFile file_;
};

}  // namespace

SettingsFile parse_settings_file(std::string_view bytes, std::string_view name, const SettingSchema& schema,
                                 std::string_view command_name, const SettingCatalog& catalog) {
  try {
    return SettingsFileReader(name, schema, command_name, catalog).read(bytes);
  } catch (const Error& error) {
    return {.values = {}, .problems = {error.what()}};
  }
}

SettingsFile read_settings_file(const std::string& path, const SettingSchema& schema,
                                std::string_view command_name, const SettingCatalog& catalog) {
  std::string bytes;
  try {
    bytes = read_file(path, kMaxYamlBytes);
  } catch (const Error& error) {
    return {.values = {}, .problems = {fmt::format("--config: {}", error.what())}};
  }
  return parse_settings_file(bytes, path, schema, command_name, catalog);
}

}  // namespace regimetry::cli
