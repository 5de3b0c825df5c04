#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/command_name.hpp"
#include "core/nearest_word.hpp"

namespace regimetry::cli {
namespace {

[[nodiscard]] bool is_switch(const Setting& setting) {
  return setting.type == "flag";
}

// "-3", "-.5": a value although it starts like a flag.
[[nodiscard]] bool looks_like_number(std::string_view word) {
  if (word.size() < 2 || word[0] != '-') return false;
  const char next = word[1];
  return (next >= '0' && next <= '9') || (next == '.' && word.size() > 2);
}

[[nodiscard]] bool looks_like_flag(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && !looks_like_number(word);
}

class ArgumentParser {
 public:
  ArgumentParser(std::span<const std::string> words, const SettingSchema& schema,
                 std::string_view command_name, const SettingCatalog& catalog)
      : words_(words), schema_(schema), command_name_(command_name), catalog_(catalog) {
    for (const Setting& setting : schema.settings()) {
      if (setting.traits.positional) positional_ = &setting;
    }
  }

  [[nodiscard]] ParsedArguments parse() {
    bool flags_ended = false;
    while (next_ < words_.size()) {
      const std::string& word = words_[next_++];
      if (flags_ended || !looks_like_flag(word)) {
        take_positional(word);
      } else if (word == "--") {
        flags_ended = true;
      } else if (word.starts_with("--")) {
        take_long_flag(std::string_view(word).substr(2));
      } else {
        take_short_flags(std::string_view(word).substr(1));
      }
    }
    return std::move(result_);
  }

 private:
  template <typename... Args>
  void report(fmt::format_string<Args...> text, Args&&... args) {
    result_.problems.push_back(fmt::format(text, std::forward<Args>(args)...));
  }

  void give(const Setting& setting, std::vector<std::string> words, std::string place, std::string origin) {
    result_.values.push_back({&setting, std::move(words), false, std::move(place), std::move(origin)});
  }

  void take_positional(const std::string& word) {
    if (positional_ == nullptr) {
      report("unexpected word '{}': '{}' takes flags only", word, command_name_);
      return;
    }
    if (!positional_->takes_many && has_positional_) {
      report("unexpected word '{}': '{}' takes one {}", word, command_name_, positional_->traits.placeholder);
      return;
    }
    has_positional_ = true;
    give(*positional_, {word}, positional_->traits.placeholder, "argument");
  }

  // The value of a flag: behind '=', else the next word. Reports when there is none.
  [[nodiscard]] std::optional<std::string> take_value(const std::string& flag, std::string_view placeholder,
                                                      const std::optional<std::string>& attached) {
    if (attached) return attached;
    if (next_ < words_.size() && !looks_like_flag(words_[next_])) return words_[next_++];
    report("{}: needs a value, as in '{} {}'{}", flag, flag, placeholder,
           next_ < words_.size()
               ? fmt::format(" (write '{}={}' for a value that starts with '-')", flag, words_[next_])
               : std::string());
    return std::nullopt;
  }

  void take_setting(const Setting& setting, const std::string& flag,
                    const std::optional<std::string>& attached) {
    if (is_switch(setting) && !attached) {
      give(setting, {"true"}, flag, "flag " + flag);
      return;
    }
    const auto value = take_value(flag, setting.traits.placeholder, attached);
    if (value) give(setting, words_for(setting, *value), flag, "flag " + flag);
  }

  void take_long_flag(std::string_view word) {
    const std::size_t mark = word.find('=');
    const std::string name = flag_spelling(word.substr(0, mark));
    const std::string flag = "--" + name;
    std::optional<std::string> attached;
    if (mark != std::string_view::npos) attached = std::string(word.substr(mark + 1));

    if (name == "help") {
      result_.wants_help = true;
    } else if (name == "config" || name == "base-config") {  // the latter is a former name
      if (auto file = take_value(flag, "FILE", attached)) result_.config_files.push_back(std::move(*file));
    } else if (name == "set") {
      take_set(attached);
    } else if (const Setting* setting = schema_.find(name)) {
      take_setting(*setting, flag, attached);
    } else if (const Setting* negated = find_negated(name)) {
      if (attached) {
        report("{}: takes no value; write '{}={}' instead", flag, negated->flag(), *attached);
      } else {
        give(*negated, {"false"}, flag, "flag " + flag);
      }
    } else {
      report_unknown_flag(name, attached.has_value());
    }
  }

  // `--set KEY=VALUE` for every command; `--set WORD` where the command has a setting of that name.
  void take_set(const std::optional<std::string>& attached) {
    const Setting* own = schema_.find("set");
    const std::string placeholder =
        own == nullptr ? std::string("KEY=VALUE") : own->traits.placeholder + "' or '--set KEY=VALUE";
    const auto value = take_value("--set", placeholder, attached);
    if (!value) return;
    if (own != nullptr && value->find('=') == std::string::npos) {
      give(*own, words_for(*own, *value), "--set", "flag --set");
    } else {
      take_assignment(*value);
    }
  }

  [[nodiscard]] const Setting* find_negated(std::string_view name) const {
    if (!name.starts_with("no-")) return nullptr;
    const Setting* setting = schema_.find(name.substr(3));
    const bool is_boolean = setting != nullptr && is_switch(*setting);
    return is_boolean ? setting : nullptr;
  }

  // `-o file`, `-ofile`, `-o=file`, `-qv`: switches may share a dash, the first flag with a value takes the
  // rest.
  void take_short_flags(std::string_view letters) {
    while (!letters.empty()) {
      const char letter = letters.front();
      letters.remove_prefix(1);
      const std::string flag = fmt::format("-{}", letter);
      const Setting* setting = find_short(letter);
      if (letter == 'h' && setting == nullptr) {
        result_.wants_help = true;
      } else if (setting == nullptr) {
        report("unknown flag '{}'; see 'regimetry {} --help'", flag, command_name_);
        return;
      } else if (is_switch(*setting)) {
        give(*setting, {"true"}, flag, "flag " + setting->flag());
      } else {
        std::optional<std::string> attached;
        if (!letters.empty()) attached = std::string(letters.substr(letters.front() == '=' ? 1 : 0));
        const auto value = take_value(flag, setting->traits.placeholder, attached);
        if (value) give(*setting, words_for(*setting, *value), setting->flag(), "flag " + setting->flag());
        return;
      }
    }
  }

  [[nodiscard]] const Setting* find_short(char letter) const {
    for (const Setting& setting : schema_.settings()) {
      if (setting.traits.short_flag == letter) return &setting;
    }
    return nullptr;
  }

  // `--set key=value`, where the key may carry the command's name: `ingest.symbol=EURUSD`.
  void take_assignment(const std::string& assignment) {
    const std::size_t mark = assignment.find('=');
    if (mark == std::string::npos || mark == 0) {
      const auto& others = catalog_.commands_knowing("set");
      report("--set: '{}' is not of the form KEY=VALUE{}", assignment,
             others.empty() || mark == 0 ? std::string()
                                         : fmt::format("; a word alone belongs to {}, not to '{}'",
                                                       quoted_list(others), command_name_));
      return;
    }
    std::string key = key_spelling(std::string_view(assignment).substr(0, mark));
    const std::string prefix = section_key(command_name_) + ".";
    if (key.starts_with(prefix)) key.erase(0, prefix.size());
    const Setting* setting = schema_.find(key);
    if (setting == nullptr) {
      report_unknown_key(key);
      return;
    }
    give(*setting, words_for(*setting, assignment.substr(mark + 1)), "--set " + key, "--set " + key);
  }

  void report_unknown_key(const std::string& key) {
    std::vector<std::string> known;
    for (const Setting& setting : schema_.settings()) known.push_back(setting.key);
    report("--set: unknown key '{}'{}", key, advice(key, key, known));
  }

  void report_unknown_flag(const std::string& name, bool has_attached) {
    std::vector<std::string> known = {"--help", "--config", "--set"};
    for (const Setting& setting : schema_.settings()) {
      known.push_back(setting.flag());
      if (is_switch(setting)) known.push_back("--no-" + setting.flag().substr(2));
    }
    report("unknown flag '--{}'{}", name, advice("--" + name, key_spelling(name), known));
    // What follows was most likely meant as its value; calling that an unexpected word too would only
    // confuse.
    const bool value_follows = next_ < words_.size() && !looks_like_flag(words_[next_]);
    if (!has_attached && value_follows && (positional_ == nullptr || is_known_with_value(name))) ++next_;
  }

  // The word is near a flag that takes a value.
  [[nodiscard]] bool is_known_with_value(const std::string& name) const {
    std::vector<std::string> known = {"config", "set"};
    for (const Setting& setting : schema_.settings()) {
      if (!is_switch(setting)) known.push_back(flag_spelling(setting.key));
    }
    return nearest_word(name, known).has_value();
  }

  // What may have been meant: a near word, else the commands that do know it.
  [[nodiscard]] std::string advice(const std::string& word, const std::string& key,
                                   const std::vector<std::string>& known) const {
    if (const auto near = nearest_word(word, known)) return fmt::format("; did you mean '{}'?", *near);
    const auto& others = catalog_.commands_knowing(key);
    if (!others.empty())
      return fmt::format("; it belongs to {}, not to '{}'", quoted_list(others), command_name_);
    return fmt::format("; see 'regimetry {} --help'", command_name_);
  }

  std::span<const std::string> words_;
  const SettingSchema& schema_;
  std::string_view command_name_;
  const SettingCatalog& catalog_;
  const Setting* positional_ = nullptr;
  bool has_positional_ = false;
  std::size_t next_ = 0;
  ParsedArguments result_;
};

}  // namespace

ParsedArguments parse_arguments(std::span<const std::string> words, const SettingSchema& schema,
                                std::string_view command_name, const SettingCatalog& catalog) {
  return ArgumentParser(words, schema, command_name, catalog).parse();
}

}  // namespace regimetry::cli
