// The templates of setting_schema.hpp. Included by it; nobody includes this directly.
//
// What can be said without the field's type lives in setting_schema.cpp, so that a command's file compiles
// quickly.
#pragma once

#include <cstddef>
#include <map>
#include <type_traits>

namespace regimetry::cli::detail {

template <typename T, typename... Options>
inline constexpr bool kIsOneOf = (std::is_same_v<T, Options> || ...);

template <typename T>
inline constexpr bool kIsScalarField =
    kIsOneOf<T, bool, int, std::int64_t, std::uint64_t, double, std::string, std::filesystem::path>;

template <typename T>
inline constexpr bool kIsSettingField =
    kIsScalarField<T> ||
    kIsOneOf<T, std::optional<bool>, std::optional<int>, std::optional<std::int64_t>,
             std::optional<std::uint64_t>, std::optional<double>, std::optional<std::string>,
             std::optional<std::filesystem::path>, std::vector<std::string>,
             std::vector<std::filesystem::path>, std::vector<double>, std::map<std::string, std::string>>;

// Defined for every T with kIsSettingField. The setting borrows `field`, which must outlive it.
template <typename T>
[[nodiscard]] Setting make_setting(std::string key, T& field, std::string help, SettingTraits traits);

// A setting whose value is one of `words`, read and written by its position; no position means "none".
struct ChoiceAccess {
  std::vector<std::string> words;
  bool accepts_none = false;
  std::function<std::optional<std::size_t>()> get;
  std::function<void(std::optional<std::size_t>)> set;
};
[[nodiscard]] Setting make_choice_setting(std::string key, ChoiceAccess access, std::string help,
                                          SettingTraits traits);

template <typename E>
[[nodiscard]] std::vector<std::string> words_of(const std::vector<std::pair<std::string, E>>& choices) {
  std::vector<std::string> words;
  words.reserve(choices.size());
  for (const auto& [word, value] : choices) words.push_back(word);
  return words;
}

template <typename E>
[[nodiscard]] std::optional<std::size_t> position_of(const std::vector<std::pair<std::string, E>>& choices,
                                                     E value) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i].second == value) return i;
  }
  return std::nullopt;
}

}  // namespace regimetry::cli::detail

namespace regimetry::cli {

template <typename T>
void SettingSchema::add(std::string key, T& field, std::string help, SettingTraits traits) {
  static_assert(detail::kIsSettingField<T>,
                "not a type that a setting can have; see the top of setting_schema.hpp");
  insert(detail::make_setting(std::move(key), field, std::move(help), std::move(traits)));
}

template <typename E>
requires std::is_enum_v<E>
void SettingSchema::add_choice(std::string key, E& field, std::vector<std::pair<std::string, E>> words,
                               std::string help, SettingTraits traits) {
  detail::ChoiceAccess access{
      .words = detail::words_of(words),
      .accepts_none = false,
      .get = [&field, words] { return detail::position_of(words, field); },
      .set = [&field,
              words](std::optional<std::size_t> position) { field = words.at(position.value()).second; }};
  insert(detail::make_choice_setting(std::move(key), std::move(access), std::move(help), std::move(traits)));
}

template <typename E>
void SettingSchema::add_choice(std::string key, std::optional<E>& field,
                               std::vector<std::pair<std::string, E>> words, std::string help,
                               SettingTraits traits) {
  detail::ChoiceAccess access{.words = detail::words_of(words),
                              .accepts_none = true,
                              .get = [&field, words]() -> std::optional<std::size_t> {
                                if (!field) return std::nullopt;
                                return detail::position_of(words, *field);
                              },
                              .set =
                                  [&field, words](std::optional<std::size_t> position) {
                                    if (position) {
                                      field = words.at(*position).second;
                                    } else {
                                      field.reset();
                                    }
                                  }};
  insert(detail::make_choice_setting(std::move(key), std::move(access), std::move(help), std::move(traits)));
}

}  // namespace regimetry::cli
