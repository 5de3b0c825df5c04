#include "cli/setting_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cli/word_value.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;

// What --help and the settings page call the field, what stands for its value, and how it becomes JSON.
template <typename T>
struct FieldKind;

template <>
struct FieldKind<bool> {
  static constexpr const char* kType = "flag";
  static constexpr const char* kPlaceholder = "";
  static json to_json(bool value) { return value; }
};
template <>
struct FieldKind<int> {
  static constexpr const char* kType = "integer";
  static constexpr const char* kPlaceholder = "N";
  static json to_json(int value) { return value; }
};
template <>
struct FieldKind<std::int64_t> {
  static constexpr const char* kType = "integer";
  static constexpr const char* kPlaceholder = "N";
  static json to_json(std::int64_t value) { return value; }
};
template <>
struct FieldKind<std::uint64_t> {
  static constexpr const char* kType = "integer";
  static constexpr const char* kPlaceholder = "N";
  static json to_json(std::uint64_t value) { return value; }
};
template <>
struct FieldKind<double> {
  static constexpr const char* kType = "number";
  static constexpr const char* kPlaceholder = "X";
  static json to_json(double value) { return value; }
};
template <>
struct FieldKind<std::string> {
  static constexpr const char* kType = "text";
  static constexpr const char* kPlaceholder = "TEXT";
  static json to_json(const std::string& value) { return value; }
};
template <>
struct FieldKind<std::filesystem::path> {
  static constexpr const char* kType = "path";
  static constexpr const char* kPlaceholder = "PATH";
  static json to_json(const std::filesystem::path& value) { return value.string(); }
};

[[nodiscard]] std::string display_text(const json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return number_text(value.get<double>());
  if (value.is_array()) {
    std::vector<std::string> texts;
    for (const json& element : value) texts.push_back(display_text(element));
    return fmt::format("{}", fmt::join(texts, ","));
  }
  if (value.is_object()) {
    std::vector<std::string> texts;
    for (const auto& [name, element] : value.items()) texts.push_back(name + "=" + display_text(element));
    return fmt::format("{}", fmt::join(texts, ","));
  }
  return value.dump();
}

[[nodiscard]] Setting start_setting(std::string key, std::string help, const char* type,
                                    const char* placeholder, SettingTraits traits) {
  Setting setting;
  setting.key = std::move(key);
  setting.help = std::move(help);
  setting.type = type;
  setting.traits = std::move(traits);
  if (setting.traits.placeholder.empty()) {
    setting.traits.placeholder = setting.traits.choices.empty() ? placeholder : "WORD";
  }
  return setting;
}

[[nodiscard]] std::optional<std::string> need_one_word(const std::vector<std::string>& words) {
  if (words.size() == 1) return std::nullopt;
  return fmt::format("takes one value, not {}", words.size());
}

// The field types by shape; each fills assign and value, which borrow `field`.
template <typename T>
void bind_field(Setting& setting, T& field) {
  setting.names_files = std::is_same_v<T, std::filesystem::path>;
  setting.assign = [&field, traits = setting.traits](const std::vector<std::string>& words) {
    auto problem = need_one_word(words);
    return problem ? problem : parse_word(words.front(), traits, field);
  };
  setting.value = [&field] { return FieldKind<T>::to_json(field); };
}

template <typename T>
void bind_field(Setting& setting, std::optional<T>& field) {
  setting.accepts_none = true;
  setting.names_files = std::is_same_v<T, std::filesystem::path>;
  setting.assign = [&field, traits = setting.traits](const std::vector<std::string>& words) {
    auto problem = need_one_word(words);
    if (problem) return problem;
    if (words.front() == "none") {
      field.reset();
      return problem;
    }
    T value{};
    problem = parse_word(words.front(), traits, value);
    if (!problem) field = std::move(value);
    return problem;
  };
  setting.value = [&field] { return field ? FieldKind<T>::to_json(*field) : json(nullptr); };
}

template <typename T>
void bind_field(Setting& setting, std::vector<T>& field) {
  setting.takes_many = true;
  setting.names_files = std::is_same_v<T, std::filesystem::path>;
  setting.splits_at_commas = !setting.names_files;
  setting.assign = [&field, traits = setting.traits](const std::vector<std::string>& words) {
    std::vector<T> values(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (auto problem = parse_word(words[i], traits, values[i])) return problem;
    }
    field = std::move(values);
    return std::optional<std::string>();
  };
  setting.value = [&field] {
    json array = json::array();
    for (const T& element : field) array.push_back(FieldKind<T>::to_json(element));
    return array;
  };
}

void bind_field(Setting& setting, std::map<std::string, std::string>& field) {
  setting.takes_many = true;
  setting.assign = [&field, traits = setting.traits](const std::vector<std::string>& words) {
    std::map<std::string, std::string> entries;
    for (const std::string& word : words) {
      const std::size_t mark = word.find('=');
      if (mark == std::string::npos || mark == 0) {
        return std::optional(fmt::format("'{}' is not of the form NAME=VALUE", word));
      }
      const std::string name = word.substr(0, mark);
      if (!traits.choices.empty() &&
          std::find(traits.choices.begin(), traits.choices.end(), name) == traits.choices.end()) {
        return std::optional(explain_choices(name, traits.choices));
      }
      if (!entries.emplace(name, word.substr(mark + 1)).second) {
        return std::optional(fmt::format("'{}' is given twice", name));
      }
    }
    field = std::move(entries);
    return std::optional<std::string>();
  };
  setting.value = [&field] { return json(field); };
}

template <typename T>
struct ShapeOf {
  static constexpr const char* kType = FieldKind<T>::kType;
  static constexpr const char* kPlaceholder = FieldKind<T>::kPlaceholder;
};
template <typename T>
struct ShapeOf<std::optional<T>> : ShapeOf<T> {};
template <typename T>
struct ShapeOf<std::vector<T>> {
  static constexpr const char* kType = "list";
  static constexpr const char* kPlaceholder = FieldKind<T>::kPlaceholder;
};
template <>
struct ShapeOf<std::map<std::string, std::string>> {
  static constexpr const char* kType = "map";
  static constexpr const char* kPlaceholder = "NAME=VALUE";
};

[[nodiscard]] std::string spelled_with(std::string_view key, char from, char to) {
  std::string text(key);
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

}  // namespace

namespace detail {

template <typename T>
Setting make_setting(std::string key, T& field, std::string help, SettingTraits traits) {
  Setting setting = start_setting(std::move(key), std::move(help), ShapeOf<T>::kType,
                                  ShapeOf<T>::kPlaceholder, std::move(traits));
  bind_field(setting, field);
  setting.default_text = display_text(setting.value());
  return setting;
}

// clang-tidy takes the move into make_shared<const> for a copy.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Setting make_choice_setting(std::string key, ChoiceAccess access, std::string help, SettingTraits traits) {
  traits.choices = access.words;
  const auto shared = std::make_shared<const ChoiceAccess>(std::move(access));
  Setting setting = start_setting(std::move(key), std::move(help), "text", "WORD", std::move(traits));
  setting.accepts_none = shared->accepts_none;
  setting.assign = [shared](const std::vector<std::string>& words) {
    auto problem = need_one_word(words);
    if (problem) return problem;
    const std::string& word = words.front();
    const auto found = std::find(shared->words.begin(), shared->words.end(), word);
    if (found != shared->words.end()) {
      shared->set(static_cast<std::size_t>(found - shared->words.begin()));
    } else if (shared->accepts_none && word == "none") {
      shared->set(std::nullopt);
    } else {
      problem = explain_choices(word, shared->words);
    }
    return problem;
  };
  setting.value = [shared]() -> json {
    const std::optional<std::size_t> position = shared->get();
    if (!position) return nullptr;
    return shared->words.at(*position);
  };
  setting.default_text = display_text(setting.value());
  return setting;
}

template Setting make_setting(std::string, bool&, std::string, SettingTraits);
template Setting make_setting(std::string, int&, std::string, SettingTraits);
template Setting make_setting(std::string, std::int64_t&, std::string, SettingTraits);
template Setting make_setting(std::string, std::uint64_t&, std::string, SettingTraits);
template Setting make_setting(std::string, double&, std::string, SettingTraits);
template Setting make_setting(std::string, std::string&, std::string, SettingTraits);
template Setting make_setting(std::string, std::filesystem::path&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<bool>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<int>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<std::int64_t>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<std::uint64_t>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<double>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<std::string>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::optional<std::filesystem::path>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::vector<std::string>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::vector<std::filesystem::path>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::vector<double>&, std::string, SettingTraits);
template Setting make_setting(std::string, std::map<std::string, std::string>&, std::string, SettingTraits);

}  // namespace detail

std::string Setting::flag() const {
  return "--" + spelled_with(key, '_', '-');
}

std::string Setting::flag_in_help() const {
  return is_on_by_default() ? "--[no-]" + flag().substr(2) : flag();
}

std::string Setting::flag_to_offer() const {
  return is_on_by_default() ? "--no-" + flag().substr(2) : flag();
}

std::string Setting::environment() const {
  std::string name = "REGIMETRY_" + key;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name;
}

void SettingSchema::add_check(std::function<std::vector<std::string>()> check) {
  checks_.push_back(std::move(check));
}

void SettingSchema::add_check_of_given(std::function<std::vector<std::string>(const GivenKeys&)> check) {
  checks_of_given_.push_back(std::move(check));
}

const Setting* SettingSchema::find(std::string_view key) const {
  const std::string name = spelled_with(key, '-', '_');
  const auto found = std::find_if(settings_.begin(), settings_.end(),
                                  [&](const Setting& setting) { return setting.key == name; });
  return found == settings_.end() ? nullptr : &*found;
}

void SettingSchema::insert(Setting setting) {
  // `--set WORD` gives the command's own `set`, `--set KEY=VALUE` any setting: both must hold one word.
  if (setting.key == "set" && (setting.type == "flag" || setting.type == "map")) {
    throw std::logic_error("a setting called 'set' must take words, so it can be neither switch nor map");
  }
  const auto clashes = [&](const Setting& other) {
    return other.key == setting.key ||
           (setting.traits.short_flag != 0 && other.traits.short_flag == setting.traits.short_flag) ||
           (setting.traits.positional && other.traits.positional);
  };
  const auto other = std::find_if(settings_.begin(), settings_.end(), clashes);
  if (other != settings_.end()) {
    throw std::logic_error(fmt::format("setting '{}' clashes with '{}' in key, short flag or position",
                                       setting.key, other->key));
  }
  settings_.push_back(std::move(setting));
}

}  // namespace regimetry::cli
