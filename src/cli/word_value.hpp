// One word as typed by a person -> a value of a field's type, or an explanation of why it does not fit.
//
// The field's type decides what a word means, never the word itself: `no` is false for a flag and Norway for
// a text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/setting_schema.hpp"

namespace regimetry::cli {

// Each writes `out` and returns nothing, or leaves it alone and returns what is wrong, as in
// "'abc' is not a whole number" or "0 is out of range; allowed is 1 or more". Only range and choices of
// `traits` are read.

// true/false, yes/no, on/off, 1/0 in any case.
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    bool& out);
// Decimal digits with an optional sign; `5_000` and `1e6` are understood too.
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    int& out);
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    std::int64_t& out);
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    std::uint64_t& out);
// Finite numbers with a decimal point.
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    double& out);
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    std::string& out);
// Not empty.
[[nodiscard]] std::optional<std::string> parse_word(const std::string& word, const SettingTraits& traits,
                                                    std::filesystem::path& out);

// "is not one of error, drop, repair; did you mean 'drop'?", for the word `word`.
[[nodiscard]] std::string explain_choices(const std::string& word, const std::vector<std::string>& choices);

// "0 to 1", "1 or more", "at most 5"; empty when nothing is limited.
[[nodiscard]] std::string describe_range(const SettingTraits& traits);

// A number as a person would write it: 30, 0.05, 1e-12.
[[nodiscard]] std::string number_text(double value);

}  // namespace regimetry::cli
