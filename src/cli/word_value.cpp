#include "cli/word_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "core/lower_case.hpp"
#include "core/nearest_word.hpp"

namespace regimetry::cli {
namespace {

[[nodiscard]] bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// `1e6` -> `1000000`: people write large counts so. Nothing when the word has another form or the number is
// huge.
[[nodiscard]] std::optional<std::string> expand_exponent(const std::string& word) {
  const std::size_t mark = word.find_first_of("eE");
  if (mark == std::string::npos || mark == 0) return std::nullopt;
  int zeros = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data() + mark + 1, end, zeros);
  if (error != std::errc() || rest != end || zeros < 0 || zeros > 19) return std::nullopt;
  return word.substr(0, mark) + std::string(static_cast<std::size_t>(zeros), '0');
}

// `5_000` -> `5000`; an underscore must stand between two digits.
[[nodiscard]] std::optional<std::string> without_digit_marks(const std::string& word) {
  std::string digits;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '_') {
      digits += word[i];
    } else if (i == 0 || i + 1 == word.size() || !is_digit(word[i - 1]) || !is_digit(word[i + 1])) {
      return std::nullopt;
    }
  }
  return digits;
}

[[nodiscard]] std::optional<std::string> problem_of_range(double value, const std::string& word,
                                                          const SettingTraits& traits) {
  const bool too_low = traits.minimum && value < *traits.minimum;
  const bool too_high = traits.maximum && value > *traits.maximum;
  if (!too_low && !too_high) return std::nullopt;
  return fmt::format("{} is out of range; allowed: {}", word, describe_range(traits));
}

template <typename Integer>
[[nodiscard]] std::optional<std::string> parse_integer(const std::string& word, const SettingTraits& traits,
                                                       Integer& out) {
  const std::string not_integer = fmt::format("'{}' is not a whole number", word);
  std::optional<std::string> digits = without_digit_marks(word);
  if (!digits) return not_integer;
  if (auto expanded = expand_exponent(*digits)) digits = std::move(expanded);
  const bool negative = digits->starts_with('-');
  if (digits->starts_with('+')) digits->erase(0, 1);
  if (digits->size() == (negative ? 1U : 0U) ||
      !std::all_of(digits->begin() + (negative ? 1 : 0), digits->end(), is_digit)) {
    return not_integer;
  }
  Integer value = 0;
  const char* const end = digits->data() + digits->size();
  const auto [rest, error] = std::from_chars(digits->data(), end, value);
  if (error != std::errc() || rest != end) {
    const std::string range = describe_range(traits);
    return fmt::format("{} is out of range; allowed: {}", word,
                       range.empty() ? fmt::format("{} to {}", std::numeric_limits<Integer>::min(),
                                                   std::numeric_limits<Integer>::max())
                                     : range);
  }
  if (auto problem = problem_of_range(static_cast<double>(value), word, traits)) return problem;
  out = value;
  return std::nullopt;
}

}  // namespace

std::string number_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string describe_range(const SettingTraits& traits) {
  if (traits.minimum && traits.maximum) {
    return fmt::format("{} to {}", number_text(*traits.minimum), number_text(*traits.maximum));
  }
  if (traits.minimum) return fmt::format("{} or more", number_text(*traits.minimum));
  if (traits.maximum) return fmt::format("at most {}", number_text(*traits.maximum));
  return {};
}

std::string explain_choices(const std::string& word, const std::vector<std::string>& choices) {
  std::string text = fmt::format("'{}' is not one of {}", word, fmt::join(choices, ", "));
  if (const auto near = nearest_word(word, choices)) text += fmt::format("; did you mean '{}'?", *near);
  return text;
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& /*traits*/, bool& out) {
  const std::string lower = lower_case(word);
  if (lower == "true" || lower == "yes" || lower == "on" || lower == "1") {
    out = true;
  } else if (lower == "false" || lower == "no" || lower == "off" || lower == "0") {
    out = false;
  } else {
    return fmt::format("'{}' is neither true nor false", word);
  }
  return std::nullopt;
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits, int& out) {
  return parse_integer(word, traits, out);
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                      std::int64_t& out) {
  return parse_integer(word, traits, out);
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                      std::uint64_t& out) {
  if (word.starts_with('-')) {
    std::int64_t negative = 0;
    const bool is_number = !parse_integer(word, SettingTraits{}, negative);
    if (is_number && negative < 0) return fmt::format("{} is out of range; allowed: 0 or more", word);
  }
  return parse_integer(word, traits, out);
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits, double& out) {
  const std::string_view digits = std::string_view(word).substr(word.starts_with('+') ? 1 : 0);
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, value);
  if (error == std::errc::result_out_of_range) return fmt::format("{} does not fit a 64-bit number", word);
  if (error != std::errc() || rest != end || digits.starts_with('+')) {
    const bool has_comma = word.find(',') != std::string::npos;
    return fmt::format("'{}' is not a number{}", word, has_comma ? "; the decimal mark is a point" : "");
  }
  if (!std::isfinite(value)) return fmt::format("'{}' is not a finite number", word);
  if (auto problem = problem_of_range(value, word, traits)) return problem;
  out = value;
  return std::nullopt;
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                      std::string& out) {
  const auto& choices = traits.choices;
  if (!choices.empty() && std::find(choices.begin(), choices.end(), word) == choices.end()) {
    return explain_choices(word, choices);
  }
  out = word;
  return std::nullopt;
}

std::optional<std::string> parse_word(const std::string& word, const SettingTraits& /*traits*/,
                                      std::filesystem::path& out) {
  if (word.empty()) return "a path cannot be empty";
  if (word.find('\0') != std::string::npos) return "a path cannot hold a NUL byte";
  out = word;
  return std::nullopt;
}

}  // namespace regimetry::cli
