// The settings of a command: key, field, help, all from one declaration.
//
// A command binds each key to a field of its options struct. From that one line come the flag
// (`--window-size`), the key of YAML and --set (`window_size`), the environment variable
// (`REGIMETRY_WINDOW_SIZE`), the default shown by --help, the completion, and the settings page. Values
// arrive in this order, later wins: field default, files, environment, flags.
//
// Field types: bool, int, std::int64_t, std::uint64_t, double, std::string, std::filesystem::path,
// std::optional of those (absent has a meaning: shown as "none"), std::vector of string, path, double
// (repeatable flag, or a YAML list, or a comma-separated word), std::map<string, string> (repeatable `--flag
// name=value`, or a YAML map).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace regimetry::cli {

struct SettingTraits {
  std::string placeholder = {};           // "N", "FILE", "FACTOR"; empty: made from the type
  std::vector<std::string> choices = {};  // allowed words; empty: any
  char short_flag = 0;                    // 'o' for -o
  bool positional =
      false;  // also taken from words without a flag (at most one such setting; a list takes all)
  bool required = false;
  std::optional<double> minimum = {}, maximum = {};  // numbers: inclusive range
  std::string group = {};                            // heading in --help; empty: the command's own options
  bool affects_result =
      true;  // false: left out of resolved_config(), as where the output goes or how loud it is
};

// One declared setting, its field hidden behind two functions.
struct Setting {
  std::string key;  // snake_case
  std::string help;
  std::string type;  // "flag", "integer", "number", "text", "path", "list", "map"
  SettingTraits traits;
  // Takes the words given for the key (one for scalars). Returns an explanation when they do not fit, else
  // nothing.
  std::function<std::optional<std::string>(const std::vector<std::string>& words)> assign;
  std::function<nlohmann::json()> value;  // the field's present value
  bool accepts_none = false;  // the field is optional: the word "none" and YAML's null make it absent
  bool takes_many = false;    // a list or a map: repeated flags and YAML lists give several words
  bool splits_at_commas =
      false;  // one word may hold several values: "a,b" (texts and numbers; paths may have commas)
  bool names_files = false;                // completed with file names
  std::string default_text;                // the field's value when it was declared, as --help shows it
  [[nodiscard]] std::string flag() const;  // "--window-size"
  [[nodiscard]] bool is_on_by_default() const { return type == "flag" && default_text == "true"; }
  // "--[no-]keep-extras" for a switch that is on by default, else flag()
  [[nodiscard]] std::string flag_in_help() const;
  // What changes the default: "--no-keep-extras" for such a switch, else flag()
  [[nodiscard]] std::string flag_to_offer() const;
  [[nodiscard]] std::string environment() const;  // "REGIMETRY_WINDOW_SIZE"
};

class SettingSchema {
 public:
  template <typename T>
  void add(std::string key, T& field, std::string help, SettingTraits traits = {});
  // A word per enumerator.
  template <typename E>
  requires std::is_enum_v<E>
  void add_choice(std::string key, E& field, std::vector<std::pair<std::string, E>> words, std::string help,
                  SettingTraits traits = {});
  template <typename E>
  void add_choice(std::string key, std::optional<E>& field, std::vector<std::pair<std::string, E>> words,
                  std::string help, SettingTraits traits = {});
  // Checked after all values are in; returns every problem in words for the user (options structs'
  // problems()).
  void add_check(std::function<std::vector<std::string>()> check);
  // The same for a check that asks which keys somebody gave, by flag, file or environment, rather than left
  // at their defaults.
  using GivenKeys = std::set<std::string, std::less<>>;
  void add_check_of_given(std::function<std::vector<std::string>(const GivenKeys& given)> check);

  [[nodiscard]] const std::vector<Setting>& settings() const noexcept { return settings_; }
  [[nodiscard]] const std::vector<std::function<std::vector<std::string>()>>& checks() const noexcept {
    return checks_;
  }
  [[nodiscard]] const std::vector<std::function<std::vector<std::string>(const GivenKeys&)>>&
  checks_of_given() const noexcept {
    return checks_of_given_;
  }

  // The setting of that key ('-' and '_' are the same), or nothing.
  [[nodiscard]] const Setting* find(std::string_view key) const;

 private:
  void insert(Setting setting);

  std::vector<Setting> settings_;
  std::vector<std::function<std::vector<std::string>()>> checks_;
  std::vector<std::function<std::vector<std::string>(const GivenKeys&)>> checks_of_given_;
};

}  // namespace regimetry::cli

#include "cli/setting_schema_impl.hpp"  // IWYU pragma: export
